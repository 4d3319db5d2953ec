import { flatten, type Leaf, type Spec, sizeOf } from '../core/params.ts';

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
}

/** A weight starts at a multiple of four: four neighbours are one texel. */
const alignment = 4;

const projection = /^(.*\.)(query|key|value|[qkv]_(?:proj|lin))\.(weight|bias)$/;
const order = 'qkv';

/** Biases and the gains of norms do not decay. Devlin et al. 2019, §A.2 and the published code. */
export const decays = (name: string, { shape }: Leaf): boolean => shape.length > 1 && !/bias$/.test(name);

/**
 * The order of the state dict, with two departures: what does not decay comes last, so that one bound tells it apart,
 * and query, key and value of a layer stand side by side, so that their product is one.
 */
export function layout(spec: Spec, trainable: (name: string) => boolean = () => true): Layout {
  const leaves = flatten(spec);
  const first = new Map<string, number>();
  const ranked = leaves.map(([name, leaf], index) => {
    const match = projection.exec(name);
    if (!match) return { name, leaf, rank: index, turn: 0 };
    const [, layer = '', which = '', kind = ''] = match;
    const group = `${layer}${kind}`;
    if (!first.has(group)) first.set(group, index);
    return { name, leaf, rank: first.get(group)!, turn: order.indexOf(which[0]!) };
  });
  ranked.sort((a, b) => a.rank - b.rank || a.turn - b.turn);
  const places: Place[] = [];
  let length = 0;
  const put = ({ name, leaf }: { name: string; leaf: Leaf }) => {
    const size = sizeOf(leaf.shape);
    places.push({ name, shape: leaf.shape, offset: length, size });
    length += Math.ceil(size / alignment) * alignment;
  };
  const early = ({ name, leaf }: { name: string; leaf: Leaf }) => trainable(name) && decays(name, leaf);
  for (const entry of ranked) if (early(entry)) put(entry);
  const decayed = length;
  for (const entry of ranked) if (!early(entry)) put(entry);
  return { places, length, decayed };
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
