import { flatten, type Leaf, type Spec, sizeOf } from '../core/params.ts';
import type { Stack } from '../core/stacks.ts';

/** Where a weight lies in the flat vector. */
export interface Place {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** All weights of a spec one after another. Weights that learn and decay come first, in [0, decayed). */
export interface Layout {
  readonly places: readonly Place[];
  readonly length: number;
  readonly decayed: number;
  /** Matrices that are orthogonalised stand before all others, those of one shape one after another. */
  readonly stacks: readonly Stack[];
}

/** Which weights learn, and which of them as matrices. */
export interface Learning {
  readonly trainable?: (name: string) => boolean;
  /** Of the linear maps; none, if absent. */
  readonly orthogonal?: (name: string) => boolean;
}

/** A weight starts at a multiple of four: four neighbours are one texel. */
const alignment = 4;

/** Biases and the gains of norms do not decay. Devlin et al. 2019, §A.2 and the published code. */
export const decays = (name: string, { shape }: Leaf): boolean => shape.length > 1 && !/bias$/.test(name);

/** What a weight that takes turns lies beside: `layer.0.query.bias` → `layer.0 bias`. */
const besides = (name: string): string => {
  const path = name.split('.');
  return `${path.slice(0, -2).join('.')} ${path.at(-1)}`;
};

/** A map with fewer rows or columns has the few directions of a vector: a head that says yes or no. */
const leastSide = 8;

/** How many matrices a weight is; maps that would not each start at a texel are taken for one. */
const matricesIn = ({ shape, reads = [] }: Leaf): number => {
  const maps = Math.max(1, reads.length);
  return (sizeOf(shape) / maps) % alignment === 0 ? maps : 1;
};

/** A weight as a matrix, or each of several, its first axis against all others; undefined where it is none. */
function matrixOf(leaf: Leaf): readonly [rows: number, cols: number] | undefined {
  const { shape, map } = leaf;
  if (!map) return undefined;
  const cols = sizeOf(shape) / shape[0]!;
  const rows = shape[0]! / matricesIn(leaf);
  return Math.min(rows, cols) < leastSide ? undefined : [rows, cols];
}

/**
 * The order of the state dict, with three departures: what does not decay comes last, so that one bound tells it apart,
 * maps that are `sideBySide` stand where the first of them does, and matrices that are orthogonalised come first, by
 * their shapes.
 */
export function layout(spec: Spec, { trainable = () => true, orthogonal = () => false }: Learning = {}): Layout {
  const leaves = flatten(spec);
  const first = new Map<string, number>();
  const ranked = leaves.map(([name, leaf], index) => {
    if (leaf.turn === undefined) return { name, leaf, rank: index, turn: 0 };
    const group = besides(name);
    if (!first.has(group)) first.set(group, index);
    return { name, leaf, rank: first.get(group)!, turn: leaf.turn };
  });
  ranked.sort((a, b) => a.rank - b.rank || a.turn - b.turn);
  const places: Place[] = [];
  let length = 0;
  const put = ({ name, leaf }: { name: string; leaf: Leaf }) => {
    const size = sizeOf(leaf.shape);
    places.push({ name, shape: leaf.shape, offset: length, size });
    length += Math.ceil(size / alignment) * alignment;
  };
  const stacks: Stack[] = [];
  const isMatrix = ({ name, leaf }: { name: string; leaf: Leaf }) =>
    trainable(name) && orthogonal(name) && matrixOf(leaf) !== undefined;
  const matrices = ranked.filter(isMatrix);
  for (const shape of new Set(matrices.map(({ leaf }) => String(matrixOf(leaf))))) {
    const members = matrices.filter(({ leaf }) => String(matrixOf(leaf)) === shape);
    const [rows, cols] = matrixOf(members[0]!.leaf)!;
    const count = members.reduce((sum, { leaf }) => sum + matricesIn(leaf), 0);
    stacks.push({ offset: length, rows, cols, count });
    members.forEach(put);
  }
  const rest = ranked.filter((entry) => !isMatrix(entry));
  const early = ({ name, leaf }: { name: string; leaf: Leaf }) => trainable(name) && decays(name, leaf);
  for (const entry of rest) if (early(entry)) put(entry);
  const decayed = length;
  for (const entry of rest) if (!early(entry)) put(entry);
  return { places, length, decayed, stacks };
}

/** Numbers by name → one vector; gaps and absent names are 0. */
export function join({ places, length }: Layout, state: ReadonlyMap<string, Float32Array>): Float32Array {
  const flat = new Float32Array(length);
  for (const { name, offset, size } of places) {
    const values = state.get(name);
    if (!values) continue;
    if (values.length !== size) throw new Error(`expected ${size} numbers for ${name}, found ${values.length}`);
    flat.set(values, offset);
  }
  return flat;
}

/** One vector → numbers by name, in the order of the state dict. */
export function split(spec: Spec, { places }: Layout, flat: Float32Array): Map<string, Float32Array> {
  const byName = new Map(places.map((place) => [place.name, place]));
  return new Map(
    flatten(spec).map(([name]) => {
      const { offset, size } = byName.get(name)!;
      return [name, flat.slice(offset, offset + size)];
    }),
  );
}
