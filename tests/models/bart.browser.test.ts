import { afterAll, beforeAll, describe, it } from 'vitest';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';

beforeAll(() => tf.useBackend('webgl'));
afterAll(() => setKernels('fused'));

const logits = ['logits'];
const layers = [
  'encoder_hidden_states',
  'encoder_attentions',
  'decoder_hidden_states',
  'decoder_attentions',
  'cross_attentions',
];

describe.each(['bart-fresh', 'bart-noise', 'bart-scaled-fresh', 'bart-scaled-noise'])('BART on WebGL, %s', (name) => {
  it.each(['plain', 'fused'] as const)('gives all outputs of the reference with %s kernels', async (mode) => {
    setKernels(mode);
    await expectAgreement(name, [...logits, ...layers]);
  });

  it('gives its logits where no probabilities are asked for', async () => {
    setKernels('fused');
    await expectAgreement(name, logits, { taps: false });
  });
});
