import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { fixture } from '../support/fixtures.ts';
import { compareGradients } from '../support/gradients.ts';

beforeAll(() => tf.useBackend('webgl'));
afterAll(() => setKernels('fused'));

const logits = ['prediction_logits', 'seq_relationship_logits'];

describe.each([
  ['bigbird-fresh', ['hidden_states']],
  ['bigbird-noise', ['hidden_states']],
  ['bigbird-full-noise', ['hidden_states', 'attentions']],
  ['bigbird-training-noise', []],
  ['bigbird-random-noise', ['attentions']],
])('BigBird on WebGL, %s', (name, others) => {
  it.each(['plain', 'fused'] as const)('gives all outputs of the reference with %s kernels', async (mode) => {
    setKernels(mode);
    await expectAgreement(name, [...logits, ...others]);
  });

  it('gives its logits where no probabilities are asked for', async () => {
    setKernels('fused');
    await expectAgreement(name, logits, { taps: false });
  });
});

it('The gradients of BigBird on WebGL are the reference’s', async () => {
  setKernels('fused');
  const { loss, tensors } = await compareGradients(await fixture('bigbird-training-noise'));
  expect(loss).toBeLessThan(1e-5);
  for (const [name, difference] of Object.entries(tensors)) expect(difference, name).toBeLessThan(1e-3);
});
