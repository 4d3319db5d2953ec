import { createRng, type Rng } from '../core/rng.ts';
import { type Arrays, collate, scoredPlaces } from '../objectives/batch.ts';
import { noisings, pairings } from '../objectives/catalog.ts';
import { classesIn, type Made, makeExample } from '../objectives/make.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import type { ClassReader } from '../text/classes.ts';
import { idOfWord } from '../text/id-of-word.ts';
import { type Data, recipeOf } from './data.ts';
import { askFor } from './hiding.ts';
import { type Phase, phaseAt } from './phases.ts';
import type { JudgedSet } from './protocol.ts';
import type { Run } from './run.ts';
import { slotsOf } from './slots.ts';

/** The documents that are learned from, as a set to be judged on. */
const sameText: JudgedSet = 'sameText';

/** Held-out examples that reference lines are averaged over, and at most as many an evaluation. */
export const judged = 512;

/** Most batches an evaluation. */
const mostBatches = 16;

/** Batches of every evaluation: always the same text with the same draws. */
const batchesOf = ({ training: { batchSize } }: Run): number =>
  Math.max(1, Math.min(mostBatches, Math.floor(judged / batchSize)));

/** Examples as one batch of a run. */
export const stack = (examples: readonly Example[], run: Run, padId: number): Arrays =>
  collate(examples, { length: run.recipe.maxLength, slots: slotsOf(run), padId });

/** Draws of one row until its pair is a true one. */
const mostTries = 64;

/** How a row is drawn: an example of a stream. */
type Make = (rng: Rng) => Example;

/** An example whose pair is a true one: where nothing is asked about it, no other is shown. */
function trueExample(make: Make, stream: Rng): Example {
  let example = make(stream);
  for (let attempt = 1; example.pairLabel === 1 && attempt < mostTries; attempt++)
    example = make(stream.fork(`try ${attempt}`));
  return example;
}

/** The batch of step `step` (1 is the first); `rng` is the step's own stream. */
export function trainingBatch(data: Data, run: Run, step: number, rng: Rng): Arrays {
  const { phase, earlier } = phaseAt(run, step);
  const isAsked = ({ without = [] }: Phase) => !without.includes('pairing');
  const { batchSize } = run.training;
  const practised = earlier ? Math.round((phase.practice ?? 0) * batchSize) : 0;
  const rows = Array.from({ length: batchSize }, (_row, row) => {
    const as = earlier && row >= batchSize - practised ? earlier : phase;
    const recipe = recipeOf(run, as.noisingOptions);
    const at = { row, rows: batchSize, turn: step - 1 };
    const make: Make = (from) => makeExample(data.train, recipe, data.vocabulary, from, at).example;
    const stream = rng.fork(`row ${row}`);
    const example = isAsked(as) ? make(stream) : trueExample(make, stream);
    if (!isAsked(phase)) return { ...example, pairLabel: undefined };
    if (practised === 0 || example.pairLabel === undefined) return example;
    return { ...example, pairWeight: isAsked(as) ? (1 as const) : (0 as const) };
  });
  return stack(rows, run, data.vocabulary.padId);
}

/** Examples to be judged on, of some documents; `name` is that of their stream, `fresh` replaces options. */
function examplesOf(data: Data, run: Run, count: number, documents: Data['train'], name: string, fresh = {}) {
  const recipe = recipeOf(run, { ...run.recipe.judgedOptions, ...fresh });
  const rng = createRng(name);
  const rows = run.training.batchSize;
  return Array.from({ length: count }, (_, row): Made => {
    const at = { row: row % rows, rows, turn: Math.floor(row / rows) };
    const make = (from: Rng) => makeExample(documents, recipe, data.vocabulary, from, at);
    return askedForWords(make, data, run, rng.fork(`row ${row}`));
  });
}

/** The same example, nothing of it asked for. */
const unasked = (made: Made): Made => ({
  ...made,
  example: { ...made.example, labels: made.example.labels.map(() => IGNORE) },
});

/**
 * Held-out examples with the whole of their history; the same for every seed, so that runs are judged on one text.
 * Where a text is read on in, the first half of the turns is read only: a model's memory is as full then as while it
 * learned, and who has none is asked the same.
 */
export function heldOutExamples(data: Data, run: Run, count: number): readonly Made[] {
  const made = examplesOf(data, run, count, data.heldOut, 'held-out');
  if (!pairings[run.recipe.pairing]?.follow) return made;
  const { batchSize } = run.training;
  const silent = Math.floor(count / batchSize / 2) * batchSize;
  return made.map((one, i) => (i < silent ? unasked(one) : one));
}

/** The held-out text as its rows read on in it, asked for everything. */
export const heldOutTurns = (data: Data, run: Run, turns: number): readonly Made[] =>
  examplesOf(data, run, turns * run.training.batchSize, data.heldOut, 'held-out');

/**
 * Examples of the very documents that are learned from, their noise drawn afresh even where the run keeps what it has
 * once drawn; the same for every seed.
 */
export function learnedExamples(data: Data, run: Run, count: number): readonly Made[] {
  const { defaults } = noisings[run.recipe.noising] ?? {};
  return examplesOf(
    data,
    run,
    count,
    data.train,
    'learned from',
    defaults && 'copies' in defaults ? { copies: 0 } : {},
  );
}

/** An example as it is drawn, or asked for the judged words alone, if possible for one at least. */
function askedForWords(make: (rng: Rng) => Made, { vocabulary, classes }: Data, { recipe }: Run, stream: Rng): Made {
  const words = new Set(recipe.judgedWords);
  const ids = new Set([...words].map((word) => idOfWord(vocabulary, word)));
  /** The places of a word that is listed, or whose class is. */
  const placesOf = (made: Made) => {
    const known = classes && classesIn(made, classes);
    return made.sequence.ids.flatMap((id, place) => (ids.has(id) || words.has(`<${known?.[place]}>`) ? [place] : []));
  };
  let made = make(stream);
  if (words.size === 0) return made;
  for (let attempt = 1; placesOf(made).length === 0 && attempt < mostTries; attempt++)
    made = make(stream.fork(`try ${attempt}`));
  return { ...made, example: askFor(made.sequence, placesOf(made), vocabulary, noisings[recipe.noising]) };
}

/** A batch to be judged on. */
export interface HeldOut {
  readonly arrays: Arrays;
  /**
   * [slots], the class of the word asked for at each slot, where it has one; absent where the text has no classes, or
   * is written by a decoder, which mostly repeats what it reads.
   */
  readonly classes?: readonly (string | undefined)[];
}

/** As many held-out examples as an evaluation has. */
export const judgedExamples = (data: Data, run: Run): readonly Made[] =>
  heldOutExamples(data, run, batchesOf(run) * run.training.batchSize);

/** Batches to be judged on. */
export const heldOutBatches = (data: Data, run: Run): readonly HeldOut[] =>
  judgedBatches(judgedExamples(data, run), data, run);

/** What a run is judged on beside held-out text, by the name of the set: nothing where it learns from all documents. */
export const furtherBatches = (data: Data, run: Run): Readonly<Record<string, readonly HeldOut[]>> =>
  run.text.documents > 0
    ? { [sameText]: judgedBatches(learnedExamples(data, run, batchesOf(run) * run.training.batchSize), data, run) }
    : {};

function judgedBatches(examples: readonly Made[], data: Data, run: Run): readonly HeldOut[] {
  const slots = slotsOf(run);
  return inBatches(examples, run).map((made) => {
    const examples = made.map(({ example }) => example);
    const { classes } = data;
    const isWritten = examples.some(({ decoderInputIds }) => decoderInputIds);
    return {
      arrays: stack(examples, run, data.vocabulary.padId),
      ...(classes && !isWritten && { classes: made.flatMap((one) => classesAsked(one, classes, slots)) }),
    };
  });
}

/** The classes of the words an example asks for, slot by slot. */
function classesAsked(made: Made, read: ClassReader, slots: number): readonly (string | undefined)[] {
  const known = classesIn(made, read);
  const { example } = made;
  const asked = scoredPlaces(example).map((place) => known?.[place + (example.shift ?? 0)]);
  return Array.from({ length: slots }, (_, k) => asked[k]);
}

/** A list cut into as many as a batch has rows. */
export const inBatches = <T>(all: readonly T[], { training: { batchSize } }: Run): readonly (readonly T[])[] =>
  Array.from({ length: all.length / batchSize }, (_, i) => all.slice(i * batchSize, (i + 1) * batchSize));

/** Examples at the run's length, or at that of the longest of them, for a look inside. */
export function wholeBatch(data: Data, run: Run, examples: readonly Example[]): Arrays {
  const length = Math.max(run.recipe.maxLength, ...examples.map(({ inputIds }) => inputIds.length));
  return collate(examples, { length, slots: length, padId: data.vocabulary.padId });
}
