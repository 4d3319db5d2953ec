import type { Gpu } from '../gpu/gpu.ts';
import { release } from '../gpu/sheet.ts';
import { colsOf, sheetOf, wrapPart, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { type Dropout, dropoutScale, dropSheet, drops } from './dropout.ts';
import { fuse, type Kernel } from './kernel.ts';
import { type Normed, normalize, statistics, sumGradient, weightGradient } from './layer-norm-programs.ts';

export interface NormOptions {
  readonly epsilon: number;
  /** Whether a residual is added first. */
  readonly residual: boolean;
  /** Of x alone, before the residual is added. */
  readonly drop?: Dropout;
}

function split(inputs: readonly Tensor[], { residual }: NormOptions) {
  const [x, ...rest] = inputs;
  return { x: x!, residual: residual ? rest[0] : undefined, gain: rest.at(-2)!, shift: rest.at(-1)! };
}

function normedOf(gpu: Gpu, x: Tensor, residual: Tensor | undefined, drop: Dropout | undefined): Normed {
  return { x: sheetOf(gpu, x), residual: residual && sheetOf(gpu, residual), drop };
}

/**
 * Inputs x [..., width], the residual of the same shape if there is one, gain and shift [width] → [..., width]. Ba et
 * al. 2016.
 */
export const layerNormKernel: Kernel<NormOptions> = {
  reference(inputs, options) {
    const { x, residual, gain, shift } = split(inputs, options);
    const dropped = drops(options.drop) ? tf.mul(x, tf.tensor(dropoutScale(x.size, options.drop), x.shape)) : x;
    const sum = residual ? tf.add(dropped, residual) : dropped;
    const centred = tf.sub(sum, tf.mean(sum, -1, true));
    const variance = tf.mean(tf.mul(centred, centred), -1, true);
    return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, options.epsilon))), gain), shift);
  },

  forward(gpu, inputs, options) {
    const { x, residual, gain, shift } = split(inputs, options);
    const normed = normedOf(gpu, x, residual, options.drop);
    const stats = statistics(gpu, normed, options.epsilon);
    const value = wrapSheet(normalize(gpu, normed, stats, gain, shift), x.shape);
    return { value, saved: [...inputs, wrapSheet(stats, [stats.rows, 4])] };
  },

  gradient(gpu, dy, saved, options) {
    const { x, residual, gain, shift } = split(saved.slice(0, -1), options);
    const normed = normedOf(gpu, x, residual, options.drop);
    const stats = sheetOf(gpu, saved.at(-1)!);
    const above = sheetOf(gpu, dy, colsOf(x));
    const slope = sumGradient(gpu, normed, stats, above, gain);
    const { sheet, splits } = weightGradient(gpu, normed, stats, above);
    const piece = (row: number) => ({ sheet, row, col: 0, down: false, splits, stride: 2 });
    const gradients = [wrapPart(piece(0), gain.shape), wrapPart(piece(1), shift.shape)];
    release(gpu, sheet);
    const ofSum = wrapSheet(slope, x.shape);
    if (!residual) {
      if (!drops(options.drop)) return [ofSum, ...gradients];
      return [wrapSheet(dropSheet(gpu, slope, options.drop), x.shape), ...gradients];
    }
    const ofX = drops(options.drop) ? wrapSheet(dropSheet(gpu, slope, options.drop), x.shape) : tf.clone(ofSum);
    return [ofX, ofSum, ...gradients];
  },
};

export const fusedLayerNorm = fuse(layerNormKernel);
