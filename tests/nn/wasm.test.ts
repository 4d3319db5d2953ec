import { afterAll, describe, expect, test } from 'vitest';
import { useBackend } from '../../src/nn/device.ts';
import * as tf from '../../src/nn/tf.ts';

afterAll(() => useBackend('cpu'));

/** Numbers that look random and are the same each time. */
const made = (shape: readonly number[]) =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1 + i * 12.9898)),
    [...shape],
  );

/** The same work on the CPU and on WebAssembly, and what it leaves behind there. */
async function both(work: () => tf.Tensor) {
  const on = async (backend: 'cpu' | 'wasm') => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const result = tf.tidy(work);
    const [values, { shape }] = [await result.data(), result];
    result.dispose();
    return { values: [...values], shape, left: tf.memory().numTensors - before };
  };
  return { cpu: await on('cpu'), wasm: await on('wasm') };
}

async function agree(work: () => tf.Tensor, within: number): Promise<void> {
  const { cpu, wasm } = await both(work);
  expect(wasm.shape).toEqual(cpu.shape);
  expect(wasm.left).toBe(0);
  const worst = Math.max(...wasm.values.map((value, i) => Math.abs(value - cpu.values[i]!)));
  expect(worst).toBeLessThanOrEqual(within);
}

describe('on WebAssembly', () => {
  test.each([
    [
      [40, 70],
      [1, 0],
    ],
    [
      [33, 32],
      [1, 0],
    ],
    [
      [3, 33, 65],
      [0, 2, 1],
    ],
    [
      [2, 3, 64, 32],
      [0, 1, 3, 2],
    ],
    [
      [5, 7],
      [1, 0],
    ],
    [
      [2, 3, 40, 50],
      [0, 2, 1, 3],
    ],
    [
      [40, 3, 50],
      [2, 1, 0],
    ],
  ])('%j with its axes as %j is what the CPU makes of it', (shape, perm) =>
    agree(() => tf.transpose(made(shape), perm), 0),
  );

  test.each([
    [[100, 7], 0, false],
    [[3, 50, 8], [0, 1], false],
    [[3, 50, 8], [1, 0], false],
    [[3, 50, 8], 0, true],
    [[3, 50, 8], 1, false],
    [[3, 50, 8], [-1], false],
    [[3, 50], [0, 1], false],
  ])('%j is summed over %j as on the CPU', (shape, axis, keepDims) =>
    agree(() => tf.sum(made(shape), axis as number[], keepDims), 1e-4),
  );

  test.each([
    ['many large products', [2, 3, 40, 33], [2, 3, 33, 50], false, false],
    ['turned on the left', [2, 3, 33, 40], [2, 3, 33, 50], true, false],
    ['turned on the right', [6, 40, 33], [6, 50, 33], false, true],
    ['many small ones', [2, 3, 4, 5], [2, 3, 5, 6], false, false],
    ['one of many by one', [4, 40, 33], [1, 33, 50], false, false],
    ['a single one', [1, 40, 33], [1, 33, 50], false, false],
    ['two matrices', [40, 33], [33, 50], false, false],
  ] as const)('%s are those of the CPU', (_, a, b, left, right) =>
    agree(() => tf.matMul(made(a), made(b), left, right), 1e-4),
  );
});
