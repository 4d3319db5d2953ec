import { afterAll, beforeAll, describe, it } from 'vitest';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';

beforeAll(() => tf.useBackend('webgl'));
afterAll(() => setKernels('fused'));

const both = ['prediction_logits', 'seq_relationship_logits'];

describe.each([
  ['mobilebert-fresh', both],
  ['mobilebert-noise', both],
  ['mobilebert-deep-noise', both],
  ['mobilebert-teacher-noise', both],
  ['mobilebert-square-noise', ['logits']],
  ['mobilebert-states-noise', ['logits']],
] as const)('MobileBERT on WebGL, %s', (name, logits) => {
  it.each(['plain', 'fused'] as const)('gives all outputs of the reference with %s kernels', async (mode) => {
    setKernels(mode);
    await expectAgreement(name, [...logits, 'hidden_states', 'attentions']);
  });

  it('gives its logits where no probabilities are asked for', async () => {
    setKernels('fused');
    await expectAgreement(name, logits, { taps: false });
  });
});
