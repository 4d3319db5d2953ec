import { createRng } from '../core/rng.ts';
import { rebuildBackend, useBackend } from '../nn/device.ts';
import { type KernelMode, kernels, setKernels } from '../nn/kernels/kernel.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';

/** An op on inputs that are made anew on each backend. */
export interface KernelCase {
  /** What is compared, for a table: `attention, rows of unequal length`. */
  readonly title: string;
  readonly op: (inputs: Tensor[]) => Tensor;
  readonly make: () => Tensor[];
  /** Where the plain one is computed; absent: on the processor. */
  readonly where?: 'webgl' | 'cpu';
}

/** Makes ready what computes: WebGL, with so many rows a fragment where it is said, and the CPU to compare it with. */
export async function openBackends(layers?: number): Promise<void> {
  await useBackend('cpu');
  await useBackend('webgl');
  if (layers !== undefined) await rebuildBackend({ layers });
}

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

function evaluate(
  mode: KernelMode,
  backend: 'webgl' | 'cpu',
  op: (inputs: Tensor[]) => Tensor,
  make: () => Tensor[],
): Float32Array[] {
  const before = kernels();
  setKernels(mode);
  // Both are there already, so the change is made at once.
  void tf.setBackend(backend);
  try {
    return tf.tidy(() => {
      const inputs = make();
      const dy = random('dy', op(inputs).shape);
      const { value, grads } = tf.engine().gradients(() => op(inputs), inputs, dy);
      return [value, ...grads].map((tensor) => tensor.dataSync() as Float32Array);
    });
  } finally {
    setKernels(before);
  }
}

/**
 * Largest difference between fused on WebGL and plain, as a share of the largest number: the value's first, then each
 * gradient's. The plain ones are computed on the CPU, or where it is said.
 */
export function differences(
  op: KernelCase['op'],
  make: KernelCase['make'],
  where: 'webgl' | 'cpu' = 'cpu',
): readonly number[] {
  const plain = evaluate('plain', where, op, make);
  const fused = evaluate('fused', 'webgl', op, make);
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
export const difference = (...all: Parameters<typeof differences>): number => Math.max(...differences(...all));
