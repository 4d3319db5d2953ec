import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { furtherBatches, learnedExamples, trainingBatch } from '../../src/training/batches.ts';
import { prepare } from '../../src/training/data.ts';
import { withSets } from '../../src/training/scores.ts';
import { runFrom } from '../../src/training/settings.ts';

const few = (copies: number) => runFrom({ documents: 3, batchSize: 32, noisingOptions: { count: 'content', copies } });

/** The rows of many batches: what is shown, by what stands there, with the places that are asked for. */
async function rowsOf(copies: number, steps: number) {
  const run = few(copies);
  const data = await prepare(run.text);
  const shown = new Map<string, Set<string>>();
  for (let step = 1; step <= steps; step++) {
    const arrays = trainingBatch(data, run, step, createRng('1').fork(`step ${step}`).fork('data'));
    const { ids, length, slots, rows, positions, labels, weights } = arrays;
    for (let row = 0; row < rows; row++) {
      const shownThere = [...ids.slice(row * length, (row + 1) * length)];
      const original = [...shownThere];
      const asked: number[] = [];
      for (let k = row * slots; k < (row + 1) * slots; k++) {
        if (weights[k] === 0) continue;
        const place = positions[k]! - row * length;
        original[place] = labels[k]!;
        asked.push(place);
      }
      const key = original.join(' ');
      shown.set(key, (shown.get(key) ?? new Set()).add(`${asked} ${shownThere}`));
    }
  }
  return shown;
}

test('with one stored mask a row of text has the same holes whenever it is trained on', async () => {
  const shown = await rowsOf(1, 20);
  expect(shown.size).toBeGreaterThan(20);
  expect([...shown.values()].map(({ size }) => size)).toEqual([...shown.keys()].map(() => 1));
});

test('with ten it has as many at most, and without stored masks ever new ones', async () => {
  const ten = [...(await rowsOf(10, 60)).values()].map(({ size }) => size);
  expect(Math.max(...ten)).toBe(10);
  expect(Math.max(...[...(await rowsOf(0, 60)).values()].map(({ size }) => size))).toBeGreaterThan(30);
});

test('a run that learns from few documents is judged on those as well, with holes drawn afresh', async () => {
  const run = few(1);
  const data = await prepare(run.text);
  const made = learnedExamples(data, run, 256);
  const texts = data.train.map(({ sentences }) => sentences.flat().join(' '));
  for (const { passage } of made) expect(texts.some((text) => text.includes(passage.a.join(' ')))).toBe(true);
  const holes = new Map<string, Set<string>>();
  for (const { passage, example } of made) {
    const key = passage.a.join(' ');
    holes.set(key, (holes.get(key) ?? new Set()).add(example.labels.join(' ')));
  }
  expect(Math.max(...[...holes.values()].map(({ size }) => size))).toBeGreaterThan(5);
  expect(learnedExamples(data, run, 256)).toEqual(made);
  expect(Object.keys(furtherBatches(data, run))).toEqual(['sameText']);
});

test('a run that learns from all documents is judged on held-out text alone', async () => {
  const run = runFrom({});
  expect(furtherBatches(await prepare(run.text), run)).toEqual({});
});

test('a noising that knows no stored masks is judged on the same text all the same', async () => {
  const run = runFrom({ documents: 3, batchSize: 4, noising: 'causal', noisingOptions: {} });
  expect(furtherBatches(await prepare(run.text), run).sameText).toHaveLength(16);
});

test('all sets are judged before any number is read, and each stands under its name', async () => {
  const asked: string[] = [];
  let free = () => {};
  const read = new Promise<void>((resolve) => {
    free = resolve;
  });
  const judge = async (set: string) => {
    asked.push(set);
    await read;
    return { step: 7, losses: { mlm: set.length }, accuracies: { mlm: 0.5 }, positives: {} };
  };
  const all = withSets(judge('held out'), { sameText: 'old' }, judge);
  expect(asked).toEqual(['held out', 'old']);
  free();
  expect(await all).toEqual({
    step: 7,
    losses: { mlm: 8 },
    accuracies: { mlm: 0.5 },
    positives: {},
    sets: { sameText: { losses: { mlm: 3 }, accuracies: { mlm: 0.5 } } },
  });
  expect('sets' in (await withSets(judge('held out'), {}, judge))).toBe(false);
});
