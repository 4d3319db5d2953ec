import { afterAll, beforeAll, describe, it } from 'vitest';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectLearning, learningFixtures } from '../support/learning.ts';

beforeAll(() => tf.useBackend('webgl'));
afterAll(() => setKernels('fused'));

describe.each(learningFixtures)('on WebGL, %s', (name) => {
  it.each(['plain', 'fused'] as const)('loss and gradients are those of PyTorch with %s kernels', async (mode) => {
    setKernels(mode);
    await expectLearning(name);
  });
});
