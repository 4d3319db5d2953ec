import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { forward } from '../../src/models/albert/forward.ts';
import { hub } from '../../src/models/albert/hub.ts';
import { blueprint } from '../../src/models/albert/spec.ts';
import { init } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

describe('ALBERT', () => {
  it.each([
    'albert-fresh',
    'albert-noise',
    'albert-groups-fresh',
    'albert-groups-noise',
    'albert-square-fresh',
    'albert-square-noise',
  ])('gives the logits, attentions and hidden states of the reference: %s', (name) =>
    expectAgreement(name, ['prediction_logits', 'sop_logits', 'hidden_states', 'attentions']),
  );

  const config = { ...blueprint.toy, vocabSize: 64, hidden: 32, inner: 128, layers: 2, heads: 2 };

  it('has as many weights as the reference at the size of its own example', () => {
    expect(count(blueprint.spec(config))).toBe(17_106);
  });

  it('has no more weights when it is deeper, and one set more a group', () => {
    expect(count(blueprint.spec({ ...config, layers: 12 }))).toBe(17_106);
    expect(flatten(blueprint.spec({ ...config, groups: 2 })).length).toBe(16 + 16 * 2);
  });

  it('asks for the tokens whatever the order of the sentences is called', () => {
    tf.tidy(() => {
      const small = { ...config, vocabSize: 24, embedding: 4, hidden: 8, inner: 12, maxLength: 6, initStd: 0.3 };
      const params = init(blueprint.spec(small), createRng(1));
      const losses = (labels: number[]) => {
        const batch = { ...sampleBatch(), pairLabels: tf.tensor1d(labels, 'int32') };
        const { mlm, sop } = forward(params, small, batch, { training: false, rng: createRng(2) }).losses;
        return { mlm: mlm!.dataSync()[0]!, sop: sop!.dataSync()[0]! };
      };
      const [before, after] = [losses([0, 1, 1]), losses([1, 0, 0])];
      expect(after.mlm).toBe(before.mlm);
      expect(Math.abs(after.sop - before.sop)).toBeGreaterThan(1e-3);
    });
  });

  it('refuses groups that do not divide the layers', () => {
    expect(() => hub.fromConfig({ hidden_size: 64, num_hidden_layers: 3, num_hidden_groups: 2 })).toThrow(
      'num_hidden_layers 3 and num_hidden_groups 2',
    );
  });
});
