import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate, release } from '../gpu/sheet.ts';
import { colsOf, flatOf, sheetOf, wrapPart, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { type Dropout, dropoutScale, dropSheet, drops } from './dropout.ts';
import { fuse, type Kernel } from './kernel.ts';
import { normalize, weightGradient } from './layer-norm-programs.ts';

export interface NoNormOptions {
  /** Whether a residual is added first. */
  readonly residual: boolean;
  /** Of x alone, before the residual is added. */
  readonly drop?: Dropout | undefined;
}

function split(inputs: readonly Tensor[], { residual }: NoNormOptions) {
  const [x, ...rest] = inputs;
  return { x: x!, residual: residual ? rest[0] : undefined, gain: rest.at(-2)!, shift: rest.at(-1)! };
}

/** dy times the gain of each column. */
function scaled(gpu: Gpu, dy: Sheet, gain: Tensor): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, dy.rows, dy.cols);
  const { flat, offset } = flatOf(gpu, gain);
  const program = {
    key: 'scale columns',
    inputs: ['dy', 'gain'],
    ints: ['start'],
    source: () => `${outputs(layers)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 g = FLAT(gain, start + at.x);
  ${each(layers, (i) => `y${i} = BLOCK(dy, at.y, ${i}, at.x) * g;`)}
}`,
  };
  draw(gpu, program, [dy, flat], sheet, { ints: [offset] });
  return sheet;
}

const normedOf = (gpu: Gpu, x: Tensor, residual: Tensor | undefined, { drop }: NoNormOptions) => ({
  x: sheetOf(gpu, x),
  ...(residual && { residual: sheetOf(gpu, residual) }),
  ...(drop && { drop }),
});

/**
 * Inputs x [..., width], the residual of the same shape if there is one, gain and shift [width] → [..., width]: the
 * places of a layer norm without its statistics. Sun et al. 2020, §3.4, eq. 3.
 */
export const noNormKernel: Kernel<NoNormOptions> = {
  reference(inputs, options) {
    const { x, residual, gain, shift } = split(inputs, options);
    const dropped = drops(options.drop) ? tf.mul(x, tf.tensor(dropoutScale(x.size, options.drop), x.shape)) : x;
    return tf.add(tf.mul(residual ? tf.add(dropped, residual) : dropped, gain), shift);
  },

  forward(gpu, inputs, options) {
    const { x, residual, gain, shift } = split(inputs, options);
    const y = normalize(gpu, normedOf(gpu, x, residual, options), undefined, gain, shift);
    return { value: wrapSheet(y, x.shape), saved: [...inputs] };
  },

  gradient(gpu, dy, saved, options) {
    const { x, residual, gain, shift } = split(saved, options);
    const above = sheetOf(gpu, dy, colsOf(x));
    const slope = scaled(gpu, above, gain);
    const { sheet, splits } = weightGradient(gpu, normedOf(gpu, x, residual, options), undefined, above);
    const piece = (row: number) => ({ sheet, row, col: 0, down: false, splits, stride: 2 });
    const gradients = [wrapPart(piece(0), gain.shape), wrapPart(piece(1), shift.shape)];
    // The tensors hold it now.
    release(gpu, sheet);
    const ofSum = wrapSheet(slope, x.shape);
    const ofX = drops(options.drop) ? wrapSheet(dropSheet(gpu, slope, options.drop), x.shape) : undefined;
    return residual ? [ofX ?? tf.clone(ofSum), ofSum, ...gradients] : [ofX ?? ofSum, ...gradients];
  },
};

const fused = fuse(noNormKernel);

interface Params {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/** x · weight + bias, column by column; x [..., width] → the same. */
export const noNorm = (x: Tensor, { weight, bias }: Params): Tensor => fused([x, weight, bias], { residual: false });

/** noNorm(dropout(x) + residual); x, residual [..., width] → the same. */
export const addNoNorm = (x: Tensor, residual: Tensor, { weight, bias }: Params, drop?: Dropout): Tensor =>
  fused([x, residual, weight, bias], { residual: true, drop });
