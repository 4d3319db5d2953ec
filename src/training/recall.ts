import { classesIn, type Made } from '../objectives/make.ts';
import { IGNORE } from '../objectives/objective.ts';
import { heldOutTurns } from './batches.ts';
import type { Data } from './data.ts';
import type { Run } from './run.ts';

/** A row reads its share of the held-out text once, in so many turns at most. */
const mostTurns = 32;

/** The classes of words that nothing close by tells, where a text has such. */
const farClasses: readonly string[] = ['lost'];

/**
 * The held-out text read on in from its beginning, turn by turn, with those words alone asked for that nothing tells
 * but what stands far before them, and was read. Empty where a text has no such words.
 */
export function recallExamples(data: Data, run: Run): readonly Made[] {
  const { classes: read } = data;
  if (!read) return [];
  const { batchSize } = run.training;
  const tokens = data.heldOut.reduce((sum, { sentences }) => sum + sentences.flat().length, 0);
  const turns = Math.max(1, Math.min(mostTurns, Math.floor(tokens / batchSize / run.recipe.maxLength)));
  const asked = heldOutTurns(data, run, turns).map((made): Made => {
    const { labels, shift = 0 } = made.example;
    const classes = classesIn(made, read) ?? [];
    const isFar = (place: number) => farClasses.includes(classes[place + shift] ?? '');
    const far = labels.map((label, place) => (isFar(place) ? label : IGNORE));
    return { ...made, example: { ...made.example, labels: far } };
  });
  return asked.some(({ example }) => example.labels.some((label) => label !== IGNORE)) ? asked : [];
}
