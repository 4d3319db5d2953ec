import { release } from '../gpu/sheet.ts';
import { colsOf, flatOf, sheetOf, wrapPart, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';
import { product, productBack, productGradient } from './products.ts';

/** Inputs x [..., in] and a weight [in, out] → [..., out]: a linear layer whose weight is kept the other way round. */
export const projectKernel: Kernel<undefined> = {
  reference([x, weight]) {
    const [width = 1, out = 1] = weight!.shape;
    const y = tf.matMul(tf.reshape(x!, [-1, width]), weight as tf.Tensor2D);
    return tf.reshape(y, [...x!.shape.slice(0, -1), out]);
  },

  forward(gpu, [x, weight]) {
    const [out = 1, width = 1] = weight!.shape;
    const y = productBack(gpu, sheetOf(gpu, x!), { views: [flatOf(gpu, weight!)], biases: [], out, width });
    return { value: wrapSheet(y, [...x!.shape.slice(0, -1), width]), saved: [x!, weight!] };
  },

  gradient(gpu, dy, [x, weight]) {
    const [out = 1, width = 1] = weight!.shape;
    const above = sheetOf(gpu, dy, width);
    const given = sheetOf(gpu, x!);
    const dx = product(gpu, above, { views: [flatOf(gpu, weight!)], biases: [], out, width }, 'none');
    const { sheet, splits, stride } = productGradient(gpu, given, above, false);
    const part = { sheet, row: 0, col: 0, down: false, splits, stride };
    const gradients = [wrapSheet(dx, x!.shape), wrapPart(part, weight!.shape)];
    release(gpu, sheet);
    return gradients;
  },
};

const fused = fuse(projectKernel);

/** x [..., in] times weight [in, out] → [..., out]. */
export function project(x: Tensor, weight: Tensor): Tensor {
  if (colsOf(x) !== weight.shape[0]) throw new Error(`expected [..., ${weight.shape[0]}], found [${x.shape}]`);
  return fused([x, weight], undefined);
}
