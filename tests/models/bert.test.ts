import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/nn/tf.ts';
import { fixture } from '../support/fixtures.ts';
import { compare, tolerance } from '../support/reference.ts';

beforeAll(() => tf.useBackend('cpu'));

describe('BERT', () => {
  it.each(['bert-fresh', 'bert-noise', 'bert-full-fresh', 'bert-full-noise'])(
    'gives the logits, attentions and hidden states of the reference: %s',
    async (name) => {
      const comparisons = await compare(await fixture(name));
      expect(comparisons.map(({ output }) => output)).toEqual([
        'prediction_logits',
        'seq_relationship_logits',
        'hidden_states',
        'attentions',
      ]);
      for (const { output, difference } of comparisons) expect(difference, output).toBeLessThanOrEqual(tolerance);
    },
  );
});
