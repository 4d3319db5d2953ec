import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { hub } from '../../src/models/transfo-xl/hub.ts';
import { blueprint } from '../../src/models/transfo-xl/spec.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';

beforeAll(() => tf.useBackend('cpu'));

const all = ['prediction_scores', 'mems', 'hidden_states', 'attentions'];

describe('Transformer-XL', () => {
  it.each([
    ['transfo-xl', all],
    ['transfo-xl-zeros', all],
    ['transfo-xl-empty', all],
    ['transfo-xl-pre-norm', all],
    ['transfo-xl-same-length', all],
    ['transfo-xl-narrow', all.filter((name) => name !== 'mems')],
    ['transfo-xl-tied', all],
  ])(
    'gives the log-probabilities, attentions, hidden states and memory of the reference: %s',
    async (name, outputs) => {
      await expectAgreement(`${name}-fresh`, outputs);
      await expectAgreement(`${name}-noise`, outputs);
    },
  );
});
