import { afterAll, beforeAll, describe, it } from 'vitest';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';

beforeAll(() => tf.useBackend('webgl'));
afterAll(() => setKernels('fused'));

const scores = ['prediction_scores'];
const all = [...scores, 'mems', 'hidden_states', 'attentions'];

describe.each([
  ['transfo-xl-fresh', all],
  ['transfo-xl-noise', all],
  ['transfo-xl-zeros-noise', all],
  ['transfo-xl-empty-noise', all],
  ['transfo-xl-pre-norm-noise', all],
  ['transfo-xl-same-length-noise', all],
  ['transfo-xl-narrow-noise', all.filter((name) => name !== 'mems')],
  ['transfo-xl-tied-noise', all],
])('Transformer-XL on WebGL, %s', (name, outputs) => {
  it.each(['plain', 'fused'] as const)('gives all outputs of the reference with %s kernels', async (mode) => {
    setKernels(mode);
    await expectAgreement(name, outputs);
  });

  it('gives its log-probabilities where no probabilities are asked for', async () => {
    setKernels('fused');
    await expectAgreement(
      name,
      outputs.filter((output) => output === 'prediction_scores'),
      { taps: false },
    );
  });
});
