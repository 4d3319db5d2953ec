import { beforeAll, expect, test } from 'vitest';
import * as tf from '../../src/nn/tf.ts';
import { heldOutBatches } from '../../src/training/batches.ts';
import { prepare } from '../../src/training/data.ts';
import type { Step } from '../../src/training/protocol.ts';
import type { Run } from '../../src/training/run.ts';
import { answersIn } from '../../src/training/scores.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';
import { train } from '../../src/training/train.ts';
import { createTrainer } from '../../src/training/trainer.ts';

const tiny: Run = runFrom({
  layers: 1,
  hidden: 8,
  heads: 2,
  batchSize: 4,
  steps: 12,
  warmup: 2,
  evaluateEvery: 4,
  dropout: 0.1,
});

beforeAll(() => tf.useBackend('wasm'));

async function losses(run: Run, steps: number): Promise<number[]> {
  const trainer = await createTrainer(run, await prepare(run.text));
  const found: number[] = [];
  for await (const step of train(trainer, () => steps)) found.push(step.loss!);
  trainer.dispose();
  return found;
}

test('one seed gives the same losses, another seed others', async () => {
  const first = await losses(tiny, 3);
  expect(first).toHaveLength(3);
  expect(await losses(tiny, 3)).toEqual(first);
  expect(await losses(withSettings(tiny, { seed: '2' }), 3)).not.toEqual(first);
});

test('a run that goes on from its state draws the curve of an uninterrupted run', async () => {
  const whole = await losses(tiny, 6);
  const data = await prepare(tiny.text);
  const trainer = await createTrainer(tiny, data);
  for await (const _ of train(trainer, () => 3));
  const state = structuredClone(await trainer.read());
  trainer.dispose();
  const later = await createTrainer(tiny, data);
  later.load(state);
  const rest: number[] = [];
  for await (const step of train(later, () => 6)) rest.push(step.loss!);
  later.dispose();
  expect(rest).toEqual(whole.slice(3));
});

test('no tensor is left after more steps than after fewer', async () => {
  const trainer = await createTrainer(tiny, await prepare(tiny.text));
  for await (const _ of train(trainer, () => 2));
  await trainer.evaluate();
  const before = tf.memory().numTensors;
  for await (const _ of train(trainer, () => 6));
  await trainer.evaluate();
  await trainer.readBack();
  expect(tf.memory().numTensors).toBe(before);
  trainer.dispose();
});

test('the first held-out loss is that of knowing nothing', async () => {
  const data = await prepare(tiny.text);
  const trainer = await createTrainer(tiny, data);
  const { losses: parts, accuracies } = await trainer.evaluate();
  expect(Math.abs(parts.mlm! - Math.log(data.vocabulary.size))).toBeLessThan(0.1);
  expect(accuracies.mlm).toBeLessThan(0.2);
  trainer.dispose();
});

test('a judge of pairs is put before pairs of another kind, and the losses bear the name of that kind', async () => {
  const run = withSettings(tiny, {
    corpus: 'lost-and-found-days',
    pairing: 'nsp',
    pairingOptions: { sentencesPerSegment: 1 },
    maxLength: 36,
  });
  const trainer = await createTrainer(run, await prepare(run.text));
  const before = tf.memory().numTensors;
  const own = await trainer.judgeBy({ pairing: 'nsp' });
  expect(own).toEqual(await trainer.evaluate());
  const other = await trainer.judgeBy({ pairing: 'sop' });
  expect(Object.keys(other.losses).sort()).toEqual(['mlm', 'sop']);
  expect(other.losses.sop).not.toBe(own.losses.nsp);
  // Half of the pairs are exchanged, and a model that has learned nothing cannot tell which.
  expect(Math.abs(other.positives!.sop! - 0.5)).toBeLessThan(0.15);
  expect(Math.abs(other.losses.sop! - Math.log(2))).toBeLessThan(0.05);
  expect(tf.memory().numTensors).toBe(before);
  trainer.dispose();
});

/** A coin for each place, so that a row may have none that is hidden. */
const rarely = { count: 'independent', rate: 0.05 };

test('a step of which chance has hidden nothing has no loss, and says that nothing was asked', async () => {
  const rare = withSettings(tiny, { batchSize: 1, maxLength: 12, noisingOptions: rarely, steps: 40 });
  const trainer = await createTrainer(rare, await prepare(rare.text));
  const steps: Step[] = [];
  for await (const step of train(trainer, () => 40)) steps.push(step);
  const empty = steps.filter(({ asked }) => asked!.mlm === 0);
  expect(empty.length).toBeGreaterThan(0);
  expect(empty.length).toBeLessThan(40);
  for (const { loss, losses, asked } of steps) {
    expect(losses.mlm).toBe(loss);
    if (asked!.mlm === 0) expect(loss).toBeUndefined();
    else expect(loss).toBeGreaterThan(0);
  }
  trainer.dispose();
});

test('a step that asks about the pair alone has the loss of that alone', async () => {
  const rare = withSettings(tiny, {
    pairing: 'nsp',
    pairingOptions: { sentencesPerSegment: 1 },
    batchSize: 2,
    noisingOptions: { ...rarely, rate: 1e-6 },
  });
  const trainer = await createTrainer(rare, await prepare(rare.text));
  const { loss, losses, asked } = await trainer.advance();
  expect(asked).toEqual({ mlm: 0, nsp: 2 });
  expect(losses).toEqual({ nsp: expect.closeTo(loss!, 6) });
  expect((await trainer.evaluate()).losses).toEqual({ nsp: expect.any(Number) });
  trainer.dispose();
});

test('an evaluation counts each answer once by the class of its word, and no class where the text has none', async () => {
  const data = await prepare(tiny.text);
  const fast = withSettings(tiny, { learningRate: 0.03 });
  const trainer = await createTrainer(fast, data);
  for await (const _ of train(trainer, () => 12));
  const { classes, accuracies } = await trainer.evaluate();
  trainer.dispose();
  const sum = (of: 'right' | 'asked') => Object.values(classes!).reduce((total, hits) => total + hits[of], 0);
  const asked = heldOutBatches(data, fast).reduce((total, { arrays }) => total + answersIn(arrays, { per: 'slot' }), 0);
  expect(sum('asked')).toBe(asked);
  expect(sum('right')).toBeGreaterThan(0);
  expect(sum('right') / asked).toBeCloseTo(accuracies.mlm!, 5);
  const plain = await createTrainer(fast, { ...data, classes: undefined });
  expect('classes' in (await plain.evaluate())).toBe(false);
  plain.dispose();
});

test('a run that learns from few documents is judged on them as well, one that learns from all on held-out text alone', async () => {
  const few = withSettings(tiny, { documents: 2 });
  const trainer = await createTrainer(few, await prepare(few.text));
  const { losses, sets } = await trainer.evaluate();
  trainer.dispose();
  expect(sets!.sameText!.losses.mlm).toBeGreaterThan(0);
  expect(sets!.sameText!.losses.mlm).not.toBe(losses.mlm);
  const whole = await createTrainer(tiny, await prepare(tiny.text));
  expect('sets' in (await whole.evaluate())).toBe(false);
  whole.dispose();
});
