import { createRng } from '../../../src/core/rng.ts';
import { type KernelMode, setKernels } from '../../../src/nn/kernels/kernel.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';

/** Normal numbers of a named stream, so that both ways of computing start from the same. */
export function random(name: string, shape: readonly number[], spread = 1): Tensor {
  const rng = createRng(name);
  const size = shape.reduce((product, n) => product * n, 1);
  const values = Float32Array.from({ length: size }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - rng.next()));
    return spread * radius * Math.cos(2 * Math.PI * rng.next());
  });
  return tf.tensor(values, [...shape]);
}

function evaluate(mode: KernelMode, op: (inputs: Tensor[]) => Tensor, make: () => Tensor[]): Float32Array[] {
  setKernels(mode);
  return tf.tidy(() => {
    const inputs = make();
    const dy = random('dy', op(inputs).shape);
    const { value, grads } = tf.engine().gradients(() => op(inputs), inputs, dy);
    return [value, ...grads].map((tensor) => tensor.dataSync() as Float32Array);
  });
}

/** Largest difference between fused and plain, as a share of the largest number: the value's first, then each gradient's. */
export function differences(op: (inputs: Tensor[]) => Tensor, make: () => Tensor[]): number[] {
  const plain = evaluate('plain', op, make);
  const fused = evaluate('fused', op, make);
  return plain.map((numbers, i) => {
    let largest = 1e-3;
    let apart = 0;
    numbers.forEach((number, j) => {
      largest = Math.max(largest, Math.abs(number));
      const difference = Math.abs(number - fused[i]![j]!);
      apart = Math.max(apart, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
    });
    return apart / largest;
  });
}

/** The largest of them. */
export const difference = (op: (inputs: Tensor[]) => Tensor, make: () => Tensor[]): number =>
  Math.max(...differences(op, make));
