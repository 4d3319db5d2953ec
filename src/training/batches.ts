import { createRng, type Rng } from '../core/rng.ts';
import { type Arrays, collate } from '../objectives/batch.ts';
import { type Made, makeExample, recipeParts } from '../objectives/make.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import { type Data, recipeOf } from './data.ts';
import type { RunConfig } from './protocol.ts';

/** Held-out examples that reference lines are averaged over, and at most as many an evaluation. */
export const judged = 512;

/** Most batches an evaluation. */
const mostBatches = 16;

/** Batches of every evaluation: always the same text with the same draws. */
const batchesOf = ({ batchSize }: RunConfig): number =>
  Math.max(1, Math.min(mostBatches, Math.floor(judged / batchSize)));

/** Prediction slots a row: the same in training and in evaluation, so that every program is compiled once. */
const slotsOf = (run: RunConfig): number =>
  Math.max(
    ...[{}, run.warmUpOptions, run.evaluationOptions].map((differently) => {
      const { noising, noisingOptions } = recipeParts(recipeOf(run, differently));
      return noising.slots(noisingOptions, run.maxLength);
    }),
  );

const stack = (examples: readonly Example[], run: RunConfig, padId: number): Arrays =>
  collate(examples, { length: run.maxLength, slots: slotsOf(run), padId });

/** Draws of one row until its pair is a true one. */
const mostTries = 64;

/** The batch of step `step` (1 is the first); `rng` is the step's own stream. */
export function trainingBatch(data: Data, run: RunConfig, step: number, rng: Rng): Arrays {
  const isFirstPhase = step <= run.warmUpSteps;
  const recipe = recipeOf(run, isFirstPhase ? run.warmUpOptions : {});
  const make = (stream: Rng) => makeExample(data.train, recipe, data.vocabulary, stream).example;
  const rows = Array.from({ length: run.batchSize }, (_row, row) => {
    const stream = rng.fork(`row ${row}`);
    let example = make(stream);
    if (!isFirstPhase) return example;
    for (let attempt = 1; example.pairLabel === 1 && attempt < mostTries; attempt++)
      example = make(stream.fork(`try ${attempt}`));
    const { pairLabel: _label, ...unasked } = example;
    return unasked;
  });
  return stack(rows, run, data.vocabulary.padId);
}

/** Held-out examples with the whole of their history; the same for every seed, so that runs are judged on one text. */
export function heldOutExamples(data: Data, run: RunConfig, count: number): readonly Made[] {
  const recipe = recipeOf(run, run.evaluationOptions);
  const rng = createRng('held-out');
  return Array.from({ length: count }, (_, row) =>
    makeExample(data.heldOut, recipe, data.vocabulary, rng.fork(`row ${row}`)),
  );
}

/** Batches to be judged on. */
export function heldOutBatches(data: Data, run: RunConfig): readonly Arrays[] {
  const examples = heldOutExamples(data, run, batchesOf(run) * run.batchSize).map(({ example }) => example);
  return inBatches(examples, run, data.vocabulary.padId);
}

function inBatches(examples: readonly Example[], run: RunConfig, padId: number): readonly Arrays[] {
  return Array.from({ length: examples.length / run.batchSize }, (_, i) =>
    stack(examples.slice(i * run.batchSize, (i + 1) * run.batchSize), run, padId),
  );
}

/** Clean text with ordinary tokens asked for, as many a row as there are slots. */
export function readBackBatches(data: Data, run: RunConfig): readonly Arrays[] {
  const slots = slotsOf(run);
  const { vocabulary } = data;
  const rng = createRng('read back');
  const clean = heldOutExamples(data, run, batchesOf(run) * run.batchSize).map(({ sequence }, row): Example => {
    const ordinary = sequence.ids.flatMap((id, position) => (vocabulary.isSpecial(id) ? [] : [position]));
    const order = rng.fork(`row ${row}`).permutation(ordinary.length);
    const asked = new Set(order.slice(0, slots).map((i) => ordinary[i]!));
    return {
      inputIds: sequence.ids,
      segments: sequence.segments,
      labels: sequence.ids.map((id, i) => (asked.has(i) ? id : IGNORE)),
    };
  });
  return inBatches(clean, run, vocabulary.padId);
}

/** Examples at the run's length, for a look inside. */
export function wholeBatch(data: Data, run: RunConfig, examples: readonly Example[]): Arrays {
  return collate(examples, { length: run.maxLength, slots: run.maxLength, padId: data.vocabulary.padId });
}
