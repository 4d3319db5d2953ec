import { afterAll, beforeAll, describe, it } from 'vitest';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';

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
