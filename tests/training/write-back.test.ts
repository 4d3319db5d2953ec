import { beforeAll, expect, test } from 'vitest';
import { useBackend } from '../../src/nn/device.ts';
import * as tf from '../../src/nn/tf.ts';
import { heldOutExamples } from '../../src/training/batches.ts';
import { prepare, recipeOf } from '../../src/training/data.ts';
import type { Run } from '../../src/training/run.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { holds, rereading, restored, stretchesOf } from '../../src/training/write-back.ts';
import { writtenBack } from '../../src/training/written-back.ts';

beforeAll(() => useBackend('cpu'));

const run: Run = runFrom({
  architecture: 'bart',
  noising: 'denoise',
  noisingOptions: { permuteShare: 0, spans: 'sentence' },
  layers: 1,
  hidden: 8,
  maxLength: 36,
});

test('a span is restored when it stands between its own surroundings', () => {
  const spans = [
    { start: 2, length: 1 },
    { start: 5, length: 2 },
  ];
  expect(stretchesOf(spans, 9)).toEqual([
    { from: 1, to: 5 },
    { from: 3, to: 8 },
  ]);
  const sequence = { ids: [2, 10, 11, 12, 13, 14, 15, 16, 3], segments: [0, 0, 0, 0, 0, 0, 0, 0, 0] };
  expect(restored({ sequence }, spans, [2, 10, 11, 12, 13, 14, 15, 16, 3])).toBe(2);
  // The first came back a word too long, which moves the second but leaves it whole.
  expect(restored({ sequence }, spans, [2, 10, 11, 11, 12, 13, 14, 15, 16, 3])).toBe(1);
  expect(restored({ sequence }, spans, [2, 10, 11, 12, 13, 15, 14, 16, 3])).toBe(1);
  expect(holds([1, 2, 3], [2, 4])).toBe(false);
});

test('the decoder reads what it wrote, one place later', () => {
  const example = { inputIds: [2, 9, 3], segments: [0, 0, 0], labels: [2, 5, 6, 3], decoderInputIds: [3, 2, 5, 6] };
  expect(rereading(example, [2, 5, 3])).toEqual({ ...example, decoderInputIds: [3, 2, 5], labels: [2, 5, 3] });
});

test('one who writes the original restores every span, and the exact reader some of them', async () => {
  const data = await prepare(run.text);
  const rows = heldOutExamples(data, run, 24).map((made) => ({
    made,
    spans: (made.noise as { steps: { kind: string; positions: number[] }[] }).steps
      .filter(({ kind }) => kind === 'span')
      .map(({ positions }) => ({ start: positions[0]!, length: positions.length })),
    written: made.sequence.ids,
  }));
  const all = writtenBack(rows, data, recipeOf(run));
  expect(all.spans).toBe(48);
  expect(all.restored).toBe(1);
  expect(all.posterior).toBeGreaterThan(0.3);
  expect(all.posterior).toBeLessThan(0.9);
  const none = rows.map((row) => ({ ...row, written: [] }));
  expect(writtenBack(none, data, recipeOf(run)).restored).toBe(0);
  const shuffled = withSettings(run, { noisingOptions: { permuteShare: 1, spans: 'sentence' } });
  expect(writtenBack(rows, data, recipeOf(shuffled)).posterior).toBeUndefined();
});

test('a model writes rows that end, and leaves no tensor behind; one that only reads says so', async () => {
  const data = await prepare(run.text);
  const trainer = await createTrainer(run, data);
  const examples = heldOutExamples(data, run, 2).map(({ example }) => example);
  await trainer.write(examples);
  const before = tf.memory().numTensors;
  const rows = await trainer.write(examples);
  expect(rows).toHaveLength(2);
  for (const ids of rows) {
    expect(ids.length).toBeLessThanOrEqual(run.recipe.maxLength);
    expect(ids.filter((id) => id === data.vocabulary.separateId).length).toBeLessThanOrEqual(1);
  }
  expect(tf.memory().numTensors).toBe(before);
  trainer.dispose();
  const reader = await createTrainer(
    withSettings(run, { architecture: 'bert', noising: 'mlm', noisingOptions: {} }),
    data,
  );
  await expect(reader.write(examples)).rejects.toMatchObject({ code: 'unavailable', field: 'architecture' });
  reader.dispose();
});
