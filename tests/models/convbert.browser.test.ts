import { afterAll, beforeAll, describe, it } from 'vitest';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';

beforeAll(() => tf.useBackend('webgl'));
afterAll(() => setKernels('fused'));

describe.each([
  ['convbert-fresh', ['logits']],
  ['convbert-noise', ['logits']],
  ['convbert-groups-noise', ['logits']],
  ['convbert-wide-kernel-noise', ['logits']],
  ['convbert-body-noise', []],
] as const)('ConvBERT on WebGL, %s', (name, logits) => {
  it.each(['plain', 'fused'] as const)('gives all outputs of the reference with %s kernels', async (mode) => {
    setKernels(mode);
    await expectAgreement(name, [...logits, 'hidden_states', 'attentions']);
  });

  it('gives its logits where no probabilities are asked for', async () => {
    setKernels('fused');
    await expectAgreement(name, logits, { taps: false });
  });
});
