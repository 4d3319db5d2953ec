import { expect, test } from 'vitest';
import { decodeRun } from '../../src/app/run-address.ts';
import { createRng } from '../../src/core/rng.ts';
import { useBackend } from '../../src/nn/device.ts';
import { bestLosses } from '../../src/objectives/best.ts';
import { makeExample } from '../../src/objectives/make.ts';
import { choicesOf, choose } from '../../src/training/choices.ts';
import { prepare, recipeOf } from '../../src/training/data.ts';
import { readModel } from '../../src/training/model-file.ts';
import { defaultRun, withSettings } from '../../src/training/settings.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { zipModel } from '../../src/training/zip-model.ts';
import { times } from '../support/statistics.ts';

const byBytes = (address: string) => {
  const { run, problems } = decodeRun(new URLSearchParams(`tokenizer=bytes&${address}`));
  expect(problems).toEqual([]);
  return run;
};

test('byte pieces are listed, and bring a table large enough for the text', () => {
  expect(choicesOf('tokenizers')).toContainEqual(expect.objectContaining({ id: 'bytes', name: 'Byte pieces (BPE)' }));
  const chosen = choose(defaultRun, { key: 'tokenizer' }, 'bytes');
  expect(chosen.text).toMatchObject({ tokenizer: 'bytes', vocabSize: 768 });
  expect(choose(chosen, { key: 'corpus' }, 'pocket-stories').text.vocabSize).toBe(1576);
  expect(choose(chosen, { key: 'corpus' }, 'own').text.vocabSize).toBe(768);
  expect(choose(chosen, { key: 'tokenizer' }, 'wordpiece').text.vocabSize).toBe(192);
});

test('a table that has no room for all bytes is refused where the size is set, and said of an address', async () => {
  const { run, problems } = decodeRun(new URLSearchParams('tokenizer=bytes&vocabSize=192'));
  const sentence = 'need a vocabulary of at least 261 tokens; it is 192. Choose a larger one. 768 is used instead.';
  expect(problems).toEqual([expect.stringContaining(sentence)]);
  expect(run.text.vocabSize).toBeGreaterThan(260);
  const small = withSettings(run, { vocabSize: 192 });
  await expect(prepare(small.text)).rejects.toMatchObject({ field: 'vocabSize' });
});

test('a model is trained on byte pieces, measured against the best possible line, and exported with them', async () => {
  await useBackend('cpu');
  const run = byBytes('architecture=roberta&vocabSize=768&layers=1&hidden=8&heads=2&batchSize=2&steps=8&warmup=2');
  const data = await prepare(run.text);
  const trainer = await createTrainer(run, data);
  expect((await trainer.advance()).losses.mlm).toBeGreaterThan(0);
  const files = zipModel(run, data.tokenizer, await trainer.weights());
  trainer.dispose();
  expect(readModel(files, data, 'start').blueprint.id).toBe('roberta');

  const rng = createRng('best');
  const recipe = recipeOf(run);
  const words = await prepare(defaultRun.text);
  const lossOn = ({ heldOut, vocabulary, exact }: typeof data) => {
    const examples = times(60, (i) => makeExample(heldOut, recipe, vocabulary, rng.fork(`${i}`)));
    return bestLosses(recipe, examples, exact!, vocabulary).mlm!.loss;
  };
  expect(lossOn(data)).toBeCloseTo(lossOn(words), 1);
});
