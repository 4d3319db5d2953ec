import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten, sizeOf } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importFiles } from '../../src/hub/checkpoint.ts';
import { read } from '../../src/hub/safetensors.ts';
import { type Share, shares } from '../../src/models/albert/config.ts';
import { forward } from '../../src/models/albert/forward.ts';
import { hub } from '../../src/models/albert/hub.ts';
import { blueprint, groupsOf, halves } from '../../src/models/albert/spec.ts';
import type { AnyBlueprint } from '../../src/models/architecture.ts';
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

  it('has the weights of one layer, of four halves, or of four layers, as the sharing goes', () => {
    const weights = (share: Share) => count(blueprint.spec({ ...blueprint.toy, vocabSize: 187, maxLength: 40, share }));
    const [all, attention, feedForward, none] = shares.map(weights) as [number, number, number, number];
    expect([none - attention, none - feedForward]).toEqual([3 * 16_768, 3 * 33_216]);
    expect(none - all).toBe(3 * (16_768 + 33_216));
  });

  it.each(shares)('writes files that the reference reads as the same model, sharing %s', (share) => {
    const shared = { ...config, share };
    const state = new Map(
      flatten(blueprint.spec(shared)).map(([name, { shape }], i) => [name, new Float32Array(sizeOf(shape)).fill(i)]),
    );
    const files = exportFiles(blueprint as unknown as AnyBlueprint, shared, state);
    const back = importFiles(files);
    expect(back.config).toEqual({ ...shared, share: share === 'none' ? 'all' : share, groups: groupsOf(shared) });
    expect(back.state).toEqual(state);
    if (share === 'attention')
      expect(
        read(files['model.safetensors']!).get(
          'albert.encoder.albert_layer_groups.1.albert_layers.0.attention.query.bias',
        )?.data,
      ).toEqual(state.get('model.albert.encoder.albert_layer_groups.0.albert_layers.0.attention.query.bias'));
  });

  it('gives with a shared half what layers with the same numbers twice give', () => {
    tf.tidy(() => {
      const small = { ...config, vocabSize: 24, embedding: 4, hidden: 8, inner: 12, maxLength: 6, initStd: 0.3 };
      for (const share of ['attention', 'feedForward'] as const) {
        const shared = { ...small, share };
        const params = init(blueprint.spec(shared), createRng(1));
        const [first, second] = params.model.albert.encoder.albert_layer_groups.map(({ albert_layers: [one] }) => one);
        const both = { ...second, ...Object.fromEntries(halves[share].map((name) => [name, first?.[name]])) };
        const groups = [{ albert_layers: [first] }, { albert_layers: [both] }];
        const { model } = params;
        const albert = { ...model.albert, encoder: { ...model.albert.encoder, albert_layer_groups: groups } };
        const twice = { model: { ...model, albert } } as typeof params;
        const loss = (one: typeof params, how: Share) =>
          forward(one, { ...small, share: how }, sampleBatch(), {
            training: false,
            rng: createRng(2),
          }).loss!.dataSync()[0];
        expect(loss(params, share)).toBe(loss(twice, 'none'));
        expect(loss(params, share)).not.toBe(
          loss(
            {
              model: {
                ...model,
                albert: { ...albert, encoder: { ...albert.encoder, albert_layer_groups: [groups[0], groups[0]] } },
              },
            } as typeof params,
            'none',
          ),
        );
      }
    });
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
