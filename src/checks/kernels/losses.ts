import { binaryCrossEntropy, crossEntropy } from '../../nn/losses.ts';
import * as tf from '../../nn/tf.ts';
import { type KernelCase, random } from '../fused.ts';

const every = (n: number, of: number) => Array.from({ length: n }, (_, i) => (i * 7) % of);
/** Every third weighs nothing. */
const weights = (n: number) => tf.tensor1d(every(n, 3));
const cross =
  (n: number, classes: number): KernelCase['op'] =>
  ([logits]) =>
    crossEntropy(logits!, tf.tensor1d(every(n, classes), 'int32'), weights(n));

export const cases: readonly KernelCase[] = [
  { title: 'cross-entropy, 24 of 32 words', op: cross(24, 32), make: () => [random('logits', [24, 32], 3)] },
  { title: 'cross-entropy, 13 of 7 words', op: cross(13, 7), make: () => [random('logits', [13, 7], 3)] },
  {
    title: 'binary cross-entropy',
    op: ([logits]) => binaryCrossEntropy(logits!, tf.tensor1d(every(40, 2)), weights(40)),
    make: () => [random('logits', [40], 3)],
  },
];
