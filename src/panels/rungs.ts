import type { HeadPair } from '../figures/head-pairs.ts';
import type { Bytes } from '../training/probed.ts';
import { divergence } from './teacher-readers.ts';

/** Recorded maps have 255 steps: what is nought there is taken as a quarter of one, so that no logarithm is endless. */
const least = 0.25;

/** One head of a recorded layer, each row shared out anew: [query, key]. */
function mapOf({ shape, data }: Bytes, head: number): Float64Array {
  const [, queries = 0, keys = 0] = shape;
  const map = new Float64Array(queries * keys);
  for (let row = 0; row < queries; row++) {
    const from = (head * queries + row) * keys;
    const bytes = Array.from(data.subarray(from, from + keys), (byte) => byte + least);
    const sum = bytes.reduce((total, one) => total + one, 0);
    map.set(
      bytes.map((one) => one / sum),
      row * keys,
    );
  }
  return map;
}

/** The heads of a layer in two recordings of one text, and KL(first ‖ second) of each, mean over queries. */
export function headPairs(first: Bytes, second: Bytes): readonly HeadPair[] {
  const [heads = 0, queries = 0, keys = 0] = first.shape;
  return Array.from({ length: heads }, (_, head) => {
    const [a, b] = [mapOf(first, head), mapOf(second, head)];
    const row = (map: Float64Array, i: number) => map.subarray(i * keys, (i + 1) * keys);
    const sum = Array.from({ length: queries }, (__, i) => divergence(row(a, i), row(b, i)));
    return { name: `head ${head + 1}`, maps: [a, b], apart: sum.reduce((x, y) => x + y, 0) / queries };
  });
}
