import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importFiles } from '../../src/hub/checkpoint.ts';
import type { DebertaConfig } from '../../src/models/deberta/config.ts';
import { bucketOf, distanceRows } from '../../src/models/deberta/distances.ts';
import { forward } from '../../src/models/deberta/forward.ts';
import { hub } from '../../src/models/deberta/hub.ts';
import { blueprint } from '../../src/models/deberta/spec.ts';
import { init, initialState, toParams } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

const small: DebertaConfig = {
  ...blueprint.toy,
  vocabSize: 24,
  hidden: 8,
  heads: 2,
  inner: 12,
  maxLength: 6,
  initStd: 0.3,
  hiddenDropout: 0,
  attentionDropout: 0,
};

/** Every value that the model is shown for the sample batch, its mask of three rows of 6, 4 and 5 tokens. */
function look(config: DebertaConfig): Map<string, Tensor> {
  const seen = new Map<string, Tensor>();
  const tap = { wants: () => true, see: (name: string, value: Tensor) => void seen.set(name, value) };
  const context = { training: false, rng: createRng(2), tap };
  forward(init(blueprint.spec(config), createRng(1)), config, sampleBatch(), context);
  return seen;
}

describe('DeBERTa', () => {
  const cases = ['deberta', 'deberta-full', 'deberta-v2', 'deberta-v2-conv', 'deberta-v2-p2c'];
  it.each(cases.flatMap((name) => [`${name}-fresh`, `${name}-noise`]))(
    'gives the logits, attentions and hidden states of the reference: %s',
    (name) => expectAgreement(name, ['logits', 'hidden_states', 'attentions']),
  );

  it.each(['deberta-decoder', 'deberta-v2-decoder'].flatMap((name) => [`${name}-fresh`, `${name}-noise`]))(
    'gives the logits of the published mask decoder: %s',
    (name) => expectAgreement(name, ['logits']),
  );

  it('has as many weights as the reference at the size of its own example', () => {
    const example = { ...blueprint.toy, vocabSize: 64, hidden: 32, inner: 64, maxLength: 64, places: 'none' as const };
    expect(count(blueprint.spec(example))).toBe(28_576);
    const second = { ...example, version: 'v2' as const, buckets: 16 };
    expect(count(blueprint.spec(second))).toBe(21_472);
    expect(count(blueprint.spec({ ...example, legacy: true }))).toBe(28_576);
  });

  it('has the published sizes', () => {
    const base = hub.fromConfig({ ...published, model_type: 'deberta' });
    expect(count(blueprint.spec(base))).toBe(139_244_121);
    const second = {
      ...published,
      model_type: 'deberta-v2',
      vocab_size: 128100,
      position_buckets: 256,
      share_att_key: true,
    };
    const v3 = { ...second, norm_rel_ebd: 'layer_norm' };
    expect(count(blueprint.spec(hub.fromConfig(v3)))).toBe(184_551_780);
    const sizes = { hidden_size: 1536, num_hidden_layers: 24, num_attention_heads: 24, intermediate_size: 6144 };
    const xlarge = { ...v3, ...sizes, conv_kernel_size: 3, conv_act: 'gelu' };
    expect(count(blueprint.spec(hub.fromConfig(xlarge)))).toBe(887_085_156);
  });

  it('adds only a table of places for its mask decoder', () => {
    const names = (config: DebertaConfig) => flatten(blueprint.spec(config)).map(([name]) => name);
    const without = names({ ...small, places: 'none' });
    expect(names(small).filter((name) => !without.includes(name))).toEqual([
      'model.deberta.embeddings.position_embeddings.weight',
    ]);
  });

  it('looks as the terms of its scores say, which add up to the attention in use', () => {
    const settings: Partial<DebertaConfig>[] = [
      {},
      { version: 'v2', buckets: 4 },
      { c2c: false },
      { p2c: false, places: 'none' },
      { c2p: false, p2c: false },
    ];
    for (const setting of settings) {
      const config = { ...small, ...setting };
      tf.tidy(() => {
        const seen = look(config);
        const maps = [...seen.keys()].filter((name) => /attention\.\d+$/.test(name));
        expect(maps.length).toBe(config.places === 'decoder' ? 3 : 2);
        for (const map of maps) {
          const [, prefix, i] = /^(.*)attention\.(\d+)$/.exec(map)!;
          const terms = ['c2c', 'c2p', 'p2c', 'absolute'].flatMap((name) => seen.get(`${prefix}${name}.${i}`) ?? []);
          const isPlaced = map === 'decoder.attention.0';
          const on = [config.c2c, config.c2p, config.p2c, isPlaced].filter(Boolean);
          expect(terms.length, map).toBe(on.length);
          const sum = terms.reduce<Tensor>((a, b) => tf.add(a, b), tf.scalar(0));
          // The first row of the batch has no padding.
          const apart = tf.sub(tf.softmax(tf.slice(sum, 0, 1)), tf.slice(seen.get(map)!, 0, 1));
          expect(tf.max(tf.abs(apart)).dataSync()[0], map).toBeLessThan(1e-6);
        }
      });
    }
  });

  it('lets padding look at everything alike, and nobody look at padding', () => {
    tf.tidy(() => {
      const maps = look(small).get('attention.0')!.arraySync() as number[][][][];
      for (const head of maps[1]!) {
        for (const row of head.slice(4)) for (const share of row) expect(share).toBeCloseTo(1 / 6, 6);
        for (const row of head.slice(0, 4)) expect(row.slice(4)).toEqual([0, 0]);
      }
    });
  });

  it('does not know where a text begins when absolute places are nowhere', () => {
    const shifted = (places: DebertaConfig['places']) =>
      tf.tidy(() => {
        const config = { ...small, maxLength: 12, places };
        const params = init(blueprint.spec(config), createRng(1));
        const at = (before: number) => {
          const row = [...new Array<number>(before).fill(0), 5, 7, 9, 11, ...new Array<number>(6 - before).fill(0)];
          const batch = {
            ids: tf.tensor2d([row], undefined, 'int32'),
            segments: tf.zeros([1, 10], 'int32') as tf.Tensor2D,
            keep: tf.tensor2d([row.map((id) => Number(id > 0))]),
          };
          const all = forward(params, config, batch, { training: false, rng: createRng(2) }).logits.logits!;
          return tf.slice(all, [0, before, 0], [1, 4, 24]);
        };
        return tf.max(tf.abs(tf.sub(at(0), at(5)))).dataSync()[0]!;
      });
    expect(shifted('none')).toBeLessThan(1e-5);
    expect(shifted('decoder')).toBeGreaterThan(1e-2);
    expect(shifted('input')).toBeGreaterThan(1e-2);
  });

  it('says what the reference leaves out of it: its mask decoder', () => {
    const state = initialState(blueprint.spec(small), createRng(1));
    const { config, state: back } = importFiles(exportFiles(blueprint, small, state));
    expect(config).toEqual(small);
    expect(back).toEqual(state);
    tf.tidy(() => {
      const answer = (one: DebertaConfig) => {
        const params = toParams(blueprint.spec(one), state);
        return forward(params, one, sampleBatch(), { training: false, rng: createRng(2) }).logits.logits!;
      };
      const without = hub.fromConfig({ ...hub.toConfig(small), enhanced_mask_decoder: undefined });
      expect(hub.lost!(small)!.config).toEqual(without);
      expect(without.places).toBe('none');
      expect(tf.max(tf.abs(tf.sub(answer(without), answer(small)))).dataSync()[0]).toBeGreaterThan(1e-2);
    });
  });

  it('comes back from its files in either version, with every option set', () => {
    for (const version of ['v1', 'v2'] as const) {
      const config: DebertaConfig = {
        ...small,
        version,
        maxLength: 40,
        radius: 20,
        buckets: 8,
        sharedKeys: false,
        normedDistances: false,
        reach: 2,
        legacy: true,
        c2c: false,
        p2c: false,
        places: 'input',
      };
      const state = initialState(blueprint.spec(config), createRng(1));
      const back = importFiles(exportFiles(blueprint, config, state));
      expect(back.blueprint).toBe(blueprint);
      expect(back.config).toEqual(config);
      expect(back.state).toEqual(state);
    }
  });

  it.each([
    [{ pos_att_type: 'c2p|p2p', relative_attention: true }, 'only c2p and p2c'],
    [{ pos_att_type: ['c2p'] }, 'of which one says that distances are heard'],
    [{ embedding_size: 128 }, '768 is needed'],
    [{ attention_head_size: 32 }, '64 is needed'],
    [{ talking_head: true }, 'false is needed'],
    [{ legacy: false }, 'false is needed'],
    [{ legacy: true, tie_word_embeddings: false }, 'true is needed'],
    [{ conv_kernel_size: 4 }, 'spans 3, 5, 7'],
    [{ norm_rel_ebd: 'batch_norm' }, 'one of none, layer_norm'],
    [{ model_type: 'deberta-v2', position_buckets: 64, max_relative_positions: 32 }, 'fewer than twice'],
  ])('refuses a configuration that it cannot compute: %o', (json, reason) => {
    expect(() => hub.fromConfig({ model_type: 'deberta', ...json })).toThrow(reason);
  });
});

const published = {
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  relative_attention: true,
  position_biased_input: false,
  pos_att_type: 'c2p|p2c',
  max_relative_positions: -1,
};

describe('distances', () => {
  it('far apart share buckets by their logarithm', () => {
    const buckets = (from: number, to: number) =>
      new Set(Array.from({ length: to - from + 1 }, (_, i) => bucketOf(from + i, 8, 64)));
    expect([0, 1, 2, 3, 4].map((distance) => bucketOf(distance, 8, 64))).toEqual([0, 1, 2, 3, 4]);
    expect([buckets(5, 10), buckets(11, 25), buckets(26, 63)]).toEqual([new Set([5]), new Set([6]), new Set([7])]);
    expect(bucketOf(-26, 8, 64)).toBe(-7);
  });

  it('beyond the farthest count as it, one row fewer on the side of what stands behind', () => {
    expect(distanceRows(4, { ...small, radius: 2 })).toEqual([3, 3, 3, 3, 2, 1, 0, 0]);
    expect(distanceRows(2, { ...small, maxLength: 4 })).toEqual([6, 5, 4, 3]);
  });
});
