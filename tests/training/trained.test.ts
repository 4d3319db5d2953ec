import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { flatten, sizeOf } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { initialState } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { readModel } from '../../src/training/model-file.ts';
import { departures, runFrom, withSettings } from '../../src/training/settings.ts';
import type { RunStore } from '../../src/training/store.ts';
import { trainedFor } from '../../src/training/trained.ts';
import { zipModel } from '../../src/training/zip-model.ts';
import { fetchFromDisk } from '../support/files-fetched.ts';

const run = runFrom({ layers: 1, hidden: 8, heads: 2 });
let data: Data;
let weights: ReadonlyMap<string, Float32Array>;
let zip: Uint8Array;
beforeAll(async () => {
  await tf.useBackend('cpu');
  data = await prepare(run.text);
  const { blueprint, config } = blueprintOf(run, data.vocabulary.size);
  weights = initialState(blueprint.spec(config), createRng('trained'));
  zip = zipModel(run, data.tokenizer, Object.fromEntries(weights));
});

describe('the zip of a model', () => {
  it('is read back to its architecture, its sizes and its very numbers', () => {
    const found = readModel(zip, data, 'start');
    expect(found.blueprint.id).toBe('bert');
    expect(found.config).toMatchObject({ layers: 1, hidden: 8, heads: 2 });
    expect(found.weights).toEqual(weights);
  });

  it('of a model with other tokens is refused, and so is what is no zip or no model', async () => {
    const other = await prepare({ ...run.text, vocabSize: 200 });
    expect(() => readModel(zip, { vocabulary: { ...other.vocabulary, size: 3 } }, 'start')).toThrow('other tokens');
    expect(() => readModel(Uint8Array.of(1, 2, 3), data, 'teacher')).toThrow('no zip');
    expect(() => readModel(zipSync({ 'a.txt': Uint8Array.of(1) }), data, 'start')).toThrow('no config.json');
  });
});

describe('what a run begins with and learns from', () => {
  const state = () => ({ step: 4, weights, first: weights, second: weights });
  const store = (kept: Partial<RunStore>) => kept as RunStore;

  it('is nothing where it names nothing', async () => {
    expect(await trainedFor(run, data, store({}))).toEqual({ start: undefined, teacher: undefined });
  });

  it('is a run kept in this browser, or a file', async () => {
    const wanted = withSettings(run, { start: { run: departures(run), step: 9 }, teacher: { file: 'bert.zip' } });
    const { start, teacher } = await trainedFor(
      wanted,
      data,
      store({
        load: async (of, step) => (of.model.size.hidden === 8 && step === 9 ? state() : undefined),
        file: async (name) => (name === 'bert.zip' ? zip : undefined),
      }),
    );
    expect(start!.weights).toBe(weights);
    expect(teacher!.weights).toEqual(weights);
  });

  it('is asked for in a sentence where it is not there', async () => {
    const nothing = store({ load: async () => undefined, file: async () => undefined });
    for (const [field, ref] of [
      ['start', { run: {} }],
      ['teacher', { file: 'gone.zip' }],
    ] as const)
      await expect(trainedFor(withSettings(run, { [field]: ref }), data, nothing)).rejects.toMatchObject({
        code: 'unavailable',
        field,
      });
  });

  it('is a run that comes with the site, at its end, where it reads the same words', async () => {
    fetchFromDisk();
    const teacher = { stored: 'masked-language-modelling/best-possible' };
    const found = await trainedFor(withSettings(run, { teacher }), data, store({}));
    expect(found.teacher!.blueprint.id).toBe('bert');
    const { blueprint, config, weights: kept } = found.teacher!;
    for (const [name, { shape }] of flatten(blueprint.spec(config)))
      expect(kept.get(name)?.length, name).toBe(sizeOf(shape));

    const fewer = withSettings(run, { teacher, vocabSize: 60 });
    await expect(trainedFor(fewer, data, store({}))).rejects.toThrow('other words');
    const nobody = withSettings(run, { teacher: { stored: 'nowhere/nobody' } });
    await expect(trainedFor(nobody, data, store({}))).rejects.toThrow('does not come with this site');
  });
});
