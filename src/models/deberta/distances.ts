import type { DebertaConfig } from './config.ts';
import { farthestOf, isBucketed } from './depth-spec.ts';
import { spanOf } from './weights-spec.ts';

/**
 * Distances in buckets: those up to half of `buckets` as they are, farther ones by their logarithm, so that `farthest`
 * falls into the last bucket. He et al. 2021 (DeBERTa), published code of the second version.
 */
export function bucketOf(distance: number, buckets: number, farthest: number): number {
  const exact = Math.floor(buckets / 2);
  const size = Math.abs(distance);
  if (size <= exact) return distance;
  const share = Math.log(size / exact) / Math.log((farthest - 1) / exact);
  return Math.sign(distance) * (exact + Math.ceil(share * (exact - 1)));
}

/**
 * Rows of the table of distances for the distances `seq` … 1 − `seq` of query and key, the farthest first; both terms
 * read the same. He et al. 2021, eq. 3. Departs from the paper's eq. 4, as the published code does: there the
 * position-to-content term goes by the distance seen from the key.
 */
export function distanceRows(seq: number, config: DebertaConfig): readonly number[] {
  const span = spanOf(config);
  return Array.from({ length: 2 * seq }, (_, i) => {
    const distance = seq - i;
    const row = isBucketed(config) ? bucketOf(distance, config.buckets, farthestOf(config)) : distance;
    return Math.max(0, Math.min(2 * span - 1, span + row));
  });
}
