import { unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { importFiles } from '../../src/hub/checkpoint.ts';
import { read as tensors } from '../../src/hub/safetensors.ts';
import { readTokenizer } from '../../src/hub/tokenizer-json.ts';
import { useBackend } from '../../src/nn/device.ts';
import { prepare } from '../../src/training/data.ts';
import { runFrom } from '../../src/training/settings.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { exportRun, lostIn, zipModel } from '../../src/training/zip-model.ts';

const run = runFrom({ layers: 1, hidden: 8, heads: 2, batchSize: 2 });

beforeAll(() => useBackend('cpu'));

test('an exported zip holds the model and its tokenizer, and reads back to the very numbers', async () => {
  const data = await prepare(run.text);
  const trainer = await createTrainer(run, data);
  const weights = await trainer.weights();
  const files = unzipSync(zipModel(run, data.tokenizer, weights));
  expect(Object.keys(files).sort()).toEqual([
    'config.json',
    'model.safetensors',
    'tokenizer.json',
    'tokenizer_config.json',
    'vocab.txt',
  ]);
  const { blueprint, state } = importFiles(files);
  expect(blueprint.id).toBe('bert');
  expect(Object.fromEntries(state)).toEqual(weights);
  expect(readTokenizer(files).encode('once upon a time')).toEqual(data.tokenizer.encode('once upon a time'));
  trainer.dispose();
});

test('what the reference will not compute of a model is said, and nothing where it computes it all', () => {
  expect(lostIn(run)).toBeUndefined();
  expect(lostIn(runFrom({ architecture: 'deberta' }))).toBe(
    'Hugging Face’s class has no mask decoder and answers from the last layer, without absolute places: there it gives other answers.',
  );
  const placed = { architecture: 'deberta', architectureOptions: { places: 'input' } };
  expect(lostIn(runFrom(placed))).toBeUndefined();
});

test('a run is exported with its card, its recipe, its text and what trains on, and reads back all the same', async () => {
  const data = await prepare(run.text);
  const trainer = await createTrainer(run, data);
  const { parameters } = trainer;
  const weights = await trainer.weights();
  const live = { shown: 3, steps: [], evaluations: [], floors: undefined, adapter: 'the test', parameters };
  const files = unzipSync(await exportRun(run, data.tokenizer, { ...live, weights: async () => weights }));
  const alone = Object.keys(unzipSync(zipModel(run, data.tokenizer, weights)));
  expect(Object.keys(files).filter((name) => !alone.includes(name))).toEqual([
    'README.md',
    'run.json',
    'text.txt',
    'train.py',
    'requirements.txt',
  ]);
  const read = (name: string) => new TextDecoder().decode(files[name]);
  expect(JSON.parse(read('run.json'))).toMatchObject({ step: 3, seed: '1' });
  expect(read('README.md')).toContain(`${parameters.toLocaleString('en')}\nnumbers that learn`);
  expect(read('train.py')).toMatch(/^"""Goes on training an exported model/);
  expect(read('requirements.txt')).toContain('transformers==5.18.0\n');
  expect(Object.fromEntries(importFiles(files).state)).toEqual(weights);
  trainer.dispose();
});

test('a Transformer-XL names the release that has its class, and its file holds the frequencies it reads places by', async () => {
  const asked = { architecture: 'transfo-xl', pairing: 'following', noising: 'causal', pairingOptions: {} };
  const old = runFrom({ ...asked, layers: 1, hidden: 8, heads: 2, batchSize: 2 });
  const data = await prepare(old.text);
  const trainer = await createTrainer(old, data);
  const { parameters } = trainer;
  const weights = await trainer.weights();
  const live = { shown: 0, steps: [], evaluations: [], floors: undefined, adapter: 'the test', parameters };
  const files = unzipSync(await exportRun(old, data.tokenizer, { ...live, weights: async () => weights }));
  const read = (name: string) => new TextDecoder().decode(files[name]);
  expect(read('requirements.txt')).toContain('transformers==4.57.6\n');
  expect(read('README.md')).toContain('up to release 4.57.6');
  expect(read('README.md')).not.toContain('attention mask of four axes');
  expect(JSON.parse(read('run.json'))).toMatchObject({ hidesLater: false, remembers: true });
  const { data: frequencies } = tensors(files['model.safetensors']!).get('transformer.pos_emb.inv_freq')!;
  // 10,000 to the power of −2i ÷ width.
  expect([...frequencies]).toEqual([1, 0.1, 0.01, 0.001].map(Math.fround));
  expect(Object.fromEntries(importFiles(files).state)).toEqual(weights);
  trainer.dispose();
});
