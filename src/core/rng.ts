import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random draws. Streams are told apart by name, not by how often someone drew before. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in 0 … n−1. */
  int(n: number): number;
  /** A random order of 0 … n−1. */
  permutation(n: number): number[];
  /** An index, drawn in proportion to its weight. */
  pick(weights: readonly number[]): number;
  /** Another stream, fixed by the seed and the names alone: `rng.fork('step 12').fork('dropout')`. */
  fork(name: string): Rng;
  /** A 32-bit whole number that is fixed by the seed and the names alone: seeds a generator on the GPU. */
  readonly key: number;
}

/** FNV-1a over the characters, then the finalizer of MurmurHash3: near names give far keys. */
function hash(text: string, start: number): number {
  let h = start ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

function stream(key: number): Rng {
  const generator = xoroshiro128plus(key);
  const next = () => uniformFloat64(generator);
  const int = (n: number) => uniformInt(generator, 0, n - 1);
  return {
    key: key >>> 0,
    next,
    int,
    permutation(n) {
      const order = Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = int(i + 1);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
    pick(weights) {
      let rest = next() * weights.reduce((sum, weight) => sum + weight, 0);
      let last = 0;
      for (let i = 0; i < weights.length; i++) {
        if (weights[i]! <= 0) continue;
        last = i;
        rest -= weights[i]!;
        if (rest < 0) return i;
      }
      return last;
    },
    fork: (name) => stream(hash(name, key)),
  };
}

/** The root of all draws of one seed. */
export function createRng(seed: string | number): Rng {
  return stream(hash(String(seed), 0));
}
