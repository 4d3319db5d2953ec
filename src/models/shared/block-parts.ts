import { flatten } from '../../core/params.ts';
import type { Parts } from '../architecture.ts';
import type { Block, Piece, PieceKind } from '../block.ts';

/** The weights of these names, and those below them: `norm` → `norm.weight`, `norm.bias`, in the order of the spec. */
export type Find = (...names: readonly string[]) => readonly string[];

/** Finds weights below a part. */
export function weightsOf(spec: Parts, part: string): Find {
  const all = new Map(flatten(spec).map(([name], at) => [name, at]));
  // A published size has thousands of names, and each is asked for many times: all that stand below a name, at hand.
  const within = new Map<string, string[]>();
  for (const name of all.keys())
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      const at = name.slice(0, end);
      within.get(at)?.push(name) ?? within.set(at, [name]);
    }
  const find: Find = (...names) =>
    [...new Set(names.flatMap((name) => within.get(name) ?? []))].sort((a, b) => all.get(a)! - all.get(b)!);
  return below(find, part);
}

/** Finds weights below a name. */
export const below =
  (find: Find, at: string): Find =>
  (...names) =>
    find(...names.map((name) => `${at}.${name}`));

/** What a block that owns no weights finds. */
export const nothing: Find = () => [];

export const piece = (
  kind: PieceKind,
  title: string,
  parameters: readonly string[] = [],
  taps: readonly string[] = [],
  borrows: readonly string[] = [],
): Piece => ({ kind, title, parameters, taps, ...(borrows.length > 0 && { borrows }) });

/** A piece of weights that stand in another block where it has none of its own. */
export const borrowing = (kind: PieceKind, title: string, own: readonly string[], others: readonly string[]): Piece =>
  piece(kind, title, own, [], own.length > 0 ? [] : others);

/** The last piece shows what goes on to the next block. */
export const endingIn = (pieces: readonly Piece[], ...taps: readonly string[]): readonly Piece[] =>
  pieces.map((one, i) => (i < pieces.length - 1 ? one : { ...one, taps: [...one.taps, ...taps] }));

/** Where blocks stand: `prefix` begins their ids and the names of their taps. */
export interface Stack extends Partial<Pick<Block, 'side' | 'stack'>> {
  readonly prefix?: string;
}

const block = (
  kind: Block['kind'],
  name: string,
  title: string,
  pieces: readonly Piece[],
  reads: readonly string[],
  { prefix = '', ...place }: Stack,
): Block => ({ side: 'input', ...place, id: prefix + name, title, kind, pieces, reads });

export const embeddingsBlock = (pieces: readonly Piece[], stack: Stack = {}, reads: readonly string[] = []): Block =>
  block('embeddings', 'embeddings', 'embeddings', endingIn(pieces, `${stack.prefix ?? ''}hidden.0`), reads, stack);

/** Layers, each on the one before, the first on the embeddings of its stack. */
export const layerBlocks = (
  layers: number,
  pieces: (i: number) => readonly Piece[],
  stack: Stack = {},
): readonly Block[] =>
  Array.from({ length: layers }, (_, i) => {
    const { prefix = '' } = stack;
    const before = prefix + (i > 0 ? `layer.${i - 1}` : 'embeddings');
    return block(
      'layer',
      `layer.${i}`,
      `layer ${i + 1}`,
      endingIn(pieces(i), `${prefix}hidden.${i + 1}`),
      [before],
      stack,
    );
  });

/** `what` names its question: `word`, `pair`. It reads the last of `stackBlocks`. */
export const headBlock = (
  what: string,
  pieces: readonly Piece[],
  stackBlocks: readonly Block[],
  stack: Stack = {},
): Block =>
  block(
    'head',
    `head.${what}`,
    `${what} head`,
    pieces,
    stackBlocks.slice(-1).map(({ id }) => id),
    stack,
  );

const tables = {
  word_embeddings: 'word table',
  token_type_embeddings: 'segment table',
  position_embeddings: 'place table',
};

/** BERT's tables, as many as there are, their sum and its norm; those of `lender` where it has none itself. */
export const tablePieces = (own: Find, lender = nothing): readonly Piece[] => [
  ...Object.entries(tables)
    .map(([name, title]) => borrowing('table', title, own(name), lender(name)))
    .filter(({ parameters, borrows }) => parameters.length > 0 || borrows),
  piece('sum', 'sum'),
  borrowing('norm', 'norm', own('LayerNorm'), lender('LayerNorm')),
];

/** A sublayer, the sum with what went into it, and the norm of the sum. Vaswani et al. 2017, §3.1. */
export const normed = (pieces: readonly Piece[], norm: readonly string[]): readonly Piece[] => [
  ...pieces,
  piece('sum', 'sum'),
  piece('norm', 'norm', norm),
];

/** The weights of a post-norm layer, by what they are for. */
export interface LayerWeights {
  readonly attention: readonly string[];
  readonly attentionNorm: readonly string[];
  readonly feedForward: readonly string[];
  readonly norm: readonly string[];
}

/** One post-norm layer; `more`: further sublayers between its attention and its feed-forward. */
export const layerPieces = (
  { attention, attentionNorm, feedForward, norm }: LayerWeights,
  i: number,
  prefix = '',
  more: readonly Piece[] = [],
): readonly Piece[] => [
  ...normed([piece('attention', 'attention', attention, [`${prefix}attention.${i}`])], attentionNorm),
  ...more,
  ...normed([piece('feed-forward', 'feed-forward', feedForward, [`${prefix}inner.${i}`])], norm),
];

/** The layers of `encode`; `own` finds the weights below the list of layers. */
export const encoderBlocks = (layers: number, own: Find, stack: Stack = {}): readonly Block[] =>
  layerBlocks(
    layers,
    (i) => {
      const attention = own(`${i}.attention.self`, `${i}.attention.output.dense`);
      const attentionNorm = own(`${i}.attention.output.LayerNorm`);
      const feedForward = own(`${i}.intermediate`, `${i}.output.dense`);
      return layerPieces(
        { attention, attentionNorm, feedForward, norm: own(`${i}.output.LayerNorm`) },
        i,
        stack.prefix,
      );
    },
    stack,
  );

/** `tokenHead`: the word table comes from where it stands. */
export const wordPieces = (
  transform: readonly string[],
  norm: readonly string[],
  own: readonly string[],
  table: readonly string[],
): readonly Piece[] => [
  piece('projection', 'transform', transform),
  piece('norm', 'norm', norm),
  piece('output', 'output', own, [], table),
];
