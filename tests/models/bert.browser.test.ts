import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { fixture } from '../support/fixtures.ts';
import { compare, tolerance } from '../support/reference.ts';

beforeAll(() => tf.useBackend('webgl'));
afterAll(() => setKernels('fused'));

describe.each(['bert-fresh', 'bert-noise', 'bert-full-fresh', 'bert-full-noise'])('BERT on WebGL, %s', (name) => {
  it.each(['plain', 'fused'] as const)('gives all outputs of the reference with %s kernels', async (mode) => {
    setKernels(mode);
    const comparisons = await compare(await fixture(name));
    expect(comparisons.length).toBe(4);
    for (const { output, difference } of comparisons) expect(difference, output).toBeLessThanOrEqual(tolerance);
  });

  it('gives its logits where no probabilities are asked for', async () => {
    setKernels('fused');
    const comparisons = await compare(await fixture(name), { taps: false });
    expect(comparisons.map(({ output }) => output)).toEqual(['prediction_logits', 'seq_relationship_logits']);
    for (const { output, difference } of comparisons) expect(difference, output).toBeLessThanOrEqual(tolerance);
  });
});
