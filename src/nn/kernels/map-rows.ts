import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';

import { sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import type { Sizes } from './attention-programs.ts';
import { weightedSums } from './attention-sums.ts';
import { fuse, type Kernel } from './kernel.ts';

/** A constant matrix for each of the batch [batch, from, to]; `back` goes from its columns to its rows. */
export interface RowMap {
  readonly map: Tensor;
  readonly back: boolean;
}

function apply(gpu: Gpu, map: Tensor, x: Sheet, back: boolean): Sheet {
  const [batch = 1, query = 1, key = 1] = map.shape;
  const sizes: Sizes = {
    batch,
    heads: 1,
    query,
    key,
    width: x.width,
    starts: { q: 0, k: 0, v: 0 },
    unpadded: true,
  };
  return weightedSums(
    gpu,
    [{ over: back ? 'keys' : 'queries', weights: sheetOf(gpu, map), values: x, start: 0 }],
    sizes,
  );
}

/** Input x [batch, from, width] → [batch, to, width]: mapᵀ x; with `back`, x [batch, to, width] → map x. */
export const mapRowsKernel: Kernel<RowMap> = {
  reference: ([x], { map, back }) => tf.matMul(map, x!, !back),
  supports: (_, [x]) => (x!.shape[2] ?? 1) % 4 === 0,
  forward(gpu, [x], { map, back }) {
    const y = apply(gpu, map, sheetOf(gpu, x!), back);
    return { value: wrapSheet(y, [map.shape[0]!, map.shape[back ? 1 : 2]!, x!.shape[2]!]), saved: [map] };
  },
  gradient(gpu, dy, [map], { back }) {
    const dx = apply(gpu, map!, sheetOf(gpu, dy), !back);
    return [wrapSheet(dx, [map!.shape[0]!, map!.shape[back ? 2 : 1]!, dy.shape[2]!])];
  },
};

const fused = fuse(mapRowsKernel);

/** Puts rows where a map says: x [batch, from, width], map [batch, from, to] → [batch, to, width]. */
export const putRows = (x: Tensor, map: Tensor): Tensor => fused([x], { map, back: false });

/** Takes rows from where a map says: x [batch, to, width], map [batch, from, to] → [batch, from, width]. */
export const takeRows = (x: Tensor, map: Tensor): Tensor => fused([x], { map, back: true });
