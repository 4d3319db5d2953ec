import { createRng } from '../../core/rng.ts';
import { depthwise } from '../../nn/kernels/depthwise.ts';
import { addNoNorm } from '../../nn/kernels/no-norm.ts';
import { spanConvolution } from '../../nn/kernels/span-convolution.ts';
import { trigram } from '../../nn/kernels/trigram.ts';
import { type KernelCase, random } from '../fused.ts';

export const cases: readonly KernelCase[] = [
  {
    title: 'convolution by a kernel of each token',
    op: ([attended, logits, values]) => spanConvolution(attended!, logits!, values!, { heads: 2, span: 5 }),
    make: () => [random('attended', [3, 7, 8]), random('logits', [3, 7, 10]), random('values', [3, 7, 8])],
  },
  {
    title: 'neighbours summed by column',
    op: ([x, weight]) => depthwise(x!, weight!),
    make: () => [random('x', [3, 13, 11]), random('weight', [11, 1, 9])],
  },
  {
    title: 'three neighbours side by side',
    op: ([x]) => trigram(x!),
    make: () => [random('x', [3, 7, 8])],
  },
  {
    title: 'gain and shift with a residual and dropout',
    op: ([x, residual, weight, bias]) =>
      addNoNorm(x!, residual!, { weight: weight!, bias: bias! }, { rate: 0.3, rng: createRng('gain') }),
    make: () => [random('x', [5, 9]), random('residual', [5, 9]), random('gain', [9]), random('shift', [9])],
  },
];
