import { beforeAll, describe, expect, it } from 'vitest';
import { build, count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importFiles } from '../../src/hub/checkpoint.ts';
import { read, write } from '../../src/hub/safetensors.ts';
import type { AnyBlueprint } from '../../src/models/architecture.ts';
import { forward } from '../../src/models/electra/forward.ts';
import { sampleTokens, uniform } from '../../src/models/electra/sample.ts';
import { blueprint } from '../../src/models/electra/spec.ts';
import { init, initialState } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

const config = {
  ...blueprint.toy,
  vocabSize: 24,
  generator: { embedding: 8, hidden: 4, layers: 1, heads: 1, inner: 8 },
  discriminator: { embedding: 8, hidden: 8, layers: 1, heads: 2, inner: 12 },
  maxLength: 6,
  initStd: 0.3,
};
const any = blueprint as unknown as AnyBlueprint;

describe('ELECTRA', () => {
  it.each([
    'electra-generator-fresh',
    'electra-generator-noise',
    'electra-generator-square-fresh',
    'electra-generator-square-noise',
    'electra-discriminator-fresh',
    'electra-discriminator-noise',
    'electra-discriminator-square-fresh',
    'electra-discriminator-square-noise',
  ])('gives the logits, attentions and hidden states of the reference: %s', (name) =>
    expectAgreement(name, ['logits', 'hidden_states', 'attentions']),
  );

  it('has as many weights as the reference at the size of its own examples', () => {
    const sizes = { embedding: 16, layers: 2, heads: 2 };
    const untied = {
      ...blueprint.toy,
      vocabSize: 64,
      generator: { ...sizes, hidden: 16, inner: 64 },
      discriminator: { ...sizes, hidden: 32, inner: 128 },
      sharedEmbeddings: false,
    };
    const { generator, discriminator } = blueprint.spec(untied);
    expect([count(generator), count(discriminator)]).toEqual([9040, 29_153]);
    expect([flatten(generator).length, flatten(discriminator).length]).toEqual([10 + 16 * 2, 9 + 2 + 16 * 2]);
  });

  it('weighs the discriminator fifty times', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const { loss, losses } = forward(params, config, sampleBatch(), { training: false, rng: createRng(2) });
      expect(loss!.dataSync()[0]).toBeCloseTo(losses.mlm!.dataSync()[0]! + 50 * losses.rtd!.dataSync()[0]!, 4);
    });
  });

  it('replaces tokens at chosen places only and calls a lucky guess the original', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const labels = { 1: 14, 4: 15, 6: 16, 8: 17, 15: 18 } as Record<number, number>;
      for (let seed = 0; seed < 20; seed++) {
        const seen = new Map<string, Tensor>();
        const tap = (name: string, value: Tensor) => seen.set(name, value);
        const batch = sampleBatch();
        forward(params, config, batch, { training: false, rng: createRng(seed), tap });
        const before = batch.ids.dataSync();
        const after = seen.get('corrupted')!.dataSync();
        const expected = [...after].map((id, i) => (i in labels ? Number(id !== labels[i]) : 0));
        expect([...after].filter((id, i) => !(i in labels) && id !== before[i])).toEqual([]);
        expect([...seen.get('replaced')!.dataSync()]).toEqual(expected);
      }
    });
  });

  it('lets the discriminator teach the shared tables but not the generator', () => {
    tf.tidy(() => {
      const spec = blueprint.spec(config);
      const leaves = flatten(spec);
      const state = initialState(spec, createRng(1));
      const gradients = (discriminatorWeight: number) => {
        const given = leaves.map(([name, { shape }]) => tf.tensor(state.get(name)!, [...shape]));
        const all = tf.grads((...tensors: Tensor[]) => {
          const byName = new Map(leaves.map(([name], i) => [name, tensors[i]!]));
          const params = build(spec, (name) => byName.get(name)!);
          const context = { training: false, rng: createRng(2) };
          return forward(params, { ...config, discriminatorWeight }, sampleBatch(), context).loss as tf.Scalar;
        })(given);
        return new Map(leaves.map(([name], i) => [name, [...all[i]!.dataSync()]]));
      };
      const [light, heavy] = [gradients(1), gradients(50)];
      for (const [name, gradient] of light)
        if (name.startsWith('generator.')) expect(heavy.get(name), name).toEqual(gradient);
      const table = 'discriminator.electra.embeddings.word_embeddings.weight';
      expect(heavy.get(table)).not.toEqual(light.get(table));
    });
  });

  it('writes the shared tables into both files and wants them equal when it reads them', () => {
    const files = exportFiles(any, config, initialState(blueprint.spec(config), createRng(1)));
    const name = 'electra.embeddings.word_embeddings.weight';
    const generator = read(files['generator/model.safetensors']!);
    expect(generator.get(name)).toEqual(read(files['discriminator/model.safetensors']!).get(name));
    expect(importFiles(files).config).toEqual(config);
    generator.get(name)!.data[0] = 7;
    expect(() => importFiles({ ...files, 'generator/model.safetensors': write(generator) })).toThrow(
      'different numbers',
    );
  });

  it('can keep the tables apart', () => {
    const apart = { ...config, sharedEmbeddings: false };
    const state = initialState(blueprint.spec(apart), createRng(1));
    const back = importFiles(exportFiles(any, apart, state));
    expect(back.config).toEqual(apart);
    expect(back.state.get('generator.electra.embeddings.LayerNorm.weight')).toEqual(new Float32Array(8).fill(1));
  });
});

describe('the generator’s sample', () => {
  it('follows the softmax of the logits', () => {
    tf.tidy(() => {
      const rows = 20_000;
      const logits = tf.tile(tf.tensor2d([[0, Math.log(2), Math.log(5), -100]]), [rows, 1]);
      const counts = [0, 0, 0, 0];
      for (const id of sampleTokens(logits, createRng(3)).dataSync()) counts[id]!++;
      // Shares 1/8, 2/8 and 5/8, each within four standard errors.
      expect(Math.abs(counts[0]! / rows - 0.125)).toBeLessThan(0.0094);
      expect(Math.abs(counts[1]! / rows - 0.25)).toBeLessThan(0.0123);
      expect(Math.abs(counts[2]! / rows - 0.625)).toBeLessThan(0.0137);
      expect(counts[3]).toBe(0);
    });
  });

  it('comes from a stream: the same again, another with another name', () => {
    expect(uniform(4, createRng(1))).toEqual(uniform(4, createRng(1)));
    expect(uniform(4, createRng(1))).not.toEqual(uniform(4, createRng(1).fork('other')));
  });
});
