import { afterAll, beforeAll, describe, it } from 'vitest';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';

beforeAll(() => tf.useBackend('webgl'));
afterAll(() => setKernels('fused'));

const logits = ['logits'];
const modes = ['plain', 'fused'] as const;

describe.each([
  'deberta-fresh',
  'deberta-noise',
  'deberta-full-noise',
  'deberta-v2-noise',
  'deberta-v2-conv-noise',
  'deberta-v2-p2c-noise',
])('DeBERTa on WebGL, %s', (name) => {
  it.each(modes)('gives all outputs of the reference with %s kernels', async (mode) => {
    setKernels(mode);
    await expectAgreement(name, [...logits, 'hidden_states', 'attentions']);
  });

  it('gives its logits where no probabilities are asked for', async () => {
    setKernels('fused');
    await expectAgreement(name, logits, { taps: false });
  });
});

describe.each(['deberta-decoder-noise', 'deberta-v2-decoder-noise'])('Its mask decoder on WebGL, %s', (name) => {
  it.each(modes)('gives the published logits with %s kernels', async (mode) => {
    setKernels(mode);
    await expectAgreement(name, logits, { taps: false });
  });
});
