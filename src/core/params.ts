import { AppError } from './errors.ts';

/** How a weight starts. `normal` has mean 0 and the given standard deviation. */
export type Init =
  | { readonly kind: 'normal'; readonly std: number; readonly zeroRow?: number }
  | { readonly kind: 'zeros' }
  | { readonly kind: 'ones' }
  /** Sinusoids of the given amplitude, a row a position: Vaswani et al. 2017, §3.5. */
  | { readonly kind: 'sinusoids'; readonly amplitude: number };

/** One weight: its shape and how it starts, no numbers. */
export interface Leaf {
  readonly shape: readonly number[];
  readonly init: Init;
  /** A constant that stands in the file and never learns (BART's `final_logits_bias`). */
  readonly buffer?: true;
  /** Its turn among the weights that lie side by side in memory: see `sideBySide`. */
  readonly turn?: number;
  /** The matrix of a linear map, its first axis against all others; a table of embeddings is none. */
  readonly map?: true;
  /** What a map is applied to, if not to tokens; where there are more, of one shape, below one another. */
  readonly reads?: readonly Reading[];
}

/** The tokens of a step; all that they look at, what is remembered included; or the distances between the two. */
export type Reading = 'tokens' | 'keys' | 'places';

/** Names and shapes of a model: nested as its state dict is dotted, arrays where the dict counts. */
export type Spec = Leaf | readonly Spec[] | { readonly [name: string]: Spec };

/** The same tree with `T` at every leaf. */
export type TreeOf<S, T> = S extends Leaf
  ? T
  : S extends readonly (infer U)[]
    ? readonly TreeOf<U, T>[]
    : { readonly [K in keyof S]: TreeOf<S[K], T> };

/** A type, not an interface: only then is it a `Spec`, which may have any names. */
export type Linear = {
  readonly weight: Leaf;
  readonly bias: Leaf;
};

/** No weights at all. */
export type Empty = Readonly<Record<never, never>>;

export const leaf = (shape: readonly number[], init: Init): Leaf => ({ shape, init });

/**
 * The matrix of a linear map, of whatever shape it is kept in; of several, [count · output, input], that are moved each
 * by itself.
 */
export const mapLeaf = (shape: readonly number[], std: number, ...reads: readonly Reading[]): Leaf => ({
  ...leaf(shape, { kind: 'normal', std }),
  map: true,
  ...(reads.length > 0 && { reads }),
});

/** weight [output, input] and bias [output], as PyTorch keeps them. */
export const linear = (input: number, output: number, std = 0.02): Linear => ({
  weight: mapLeaf([output, input], std),
  bias: leaf([output], { kind: 'zeros' }),
});

/**
 * Maps that one product can do for: in memory their weights lie side by side, and so do their biases, in the given
 * order. The order of the state dict stays that of `maps`.
 */
export const sideBySide = <const Maps extends Readonly<Record<string, Linear>>>(
  order: readonly (keyof Maps & string)[],
  maps: Maps,
): Maps =>
  Object.fromEntries(
    Object.entries(maps).map(([name, { weight, bias }]) => {
      const turn = order.indexOf(name);
      return [name, { weight: { ...weight, turn }, bias: { ...bias, turn } }];
    }),
  ) as unknown as Maps;

/** weight [rows, width]; the row of the padding token, if given, starts at zero. */
export const embedding = (rows: number, width: number, std = 0.02, zeroRow?: number): { readonly weight: Leaf } => ({
  weight: leaf([rows, width], { kind: 'normal', std, zeroRow }),
});

/** weight (gain) and bias (shift) of a layer norm, each [width]. */
export const norm = (width: number): Linear => ({
  weight: leaf([width], { kind: 'ones' }),
  bias: leaf([width], { kind: 'zeros' }),
});

/** More layers than any model of the family has: a file that asks for more is broken or means harm. */
const mostLayers = 512;

/** `count` layers alike. Throws `bad-file` where nobody could have trained so many. */
export function repeat<S extends Spec>(count: number, spec: S): readonly S[] {
  if (count > mostLayers)
    throw new AppError(
      'bad-file',
      `The model should have ${count} layers alike, and at most ${mostLayers} are read here. Choose the unchanged config.json of a Hugging Face folder.`,
    );
  return Array.from({ length: count }, () => spec);
}

export function isLeaf(spec: Spec): spec is Leaf {
  return 'shape' in spec && Array.isArray(spec.shape);
}

/** Every leaf with its dotted name, in the order of the tree: the state dict. */
export function flatten(spec: Spec, prefix = ''): [name: string, leaf: Leaf][] {
  if (isLeaf(spec)) return [[prefix, spec]];
  return Object.entries(spec).flatMap(([name, child]) => flatten(child as Spec, prefix ? `${prefix}.${name}` : name));
}

/** The tree again, with `make(name, leaf)` at each leaf. */
export function build<S extends Spec, T>(spec: S, make: (name: string, leaf: Leaf) => T, prefix = ''): TreeOf<S, T> {
  const visit = (node: Spec, path: string): unknown => {
    if (isLeaf(node)) return make(path, node);
    const dotted = (name: string | number) => (path ? `${path}.${name}` : String(name));
    if (Array.isArray(node)) return node.map((child, i) => visit(child, dotted(i)));
    return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, visit(child as Spec, dotted(name))]));
  };
  return visit(spec, prefix) as TreeOf<S, T>;
}

/** Numbers in a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Numbers in a whole spec. */
export const count = (spec: Spec): number => flatten(spec).reduce((sum, [, { shape }]) => sum + sizeOf(shape), 0);
