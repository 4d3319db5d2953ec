import { type Example, IGNORE } from '../objectives/objective.ts';
import { heldOutExamples } from './batches.ts';
import type { Data } from './data.ts';
import type { Evaluation, Snapshot } from './protocol.ts';
import type { Run } from './run.ts';

/** Held-out rows whose fakes are to be told, so many at a time. */
const rows = 256;
const atOnce = 32;

/** How much each token looks like a fake, and whether it is one. */
export interface Suspicion {
  readonly score: number;
  readonly isFake: boolean;
}

/**
 * In how many of all pairs of a fake and an original token the fake is the more suspicious one, equal ones counting
 * half: the area under the ROC curve. It does not hang on how often a model says "replaced". Without a pair ½.
 */
export function toldApart(tokens: readonly Suspicion[]): number {
  const sorted = tokens.toSorted((a, b) => a.score - b.score);
  let below = 0;
  let wins = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (end < sorted.length && sorted[end]!.score === sorted[i]!.score) end++;
    const fakes = sorted.slice(i, end).filter(({ isFake }) => isFake).length;
    const originals = end - i - fakes;
    wins += fakes * (below + originals / 2);
    below += originals;
    i = end;
  }
  const pairs = below * (sorted.length - below);
  return pairs === 0 ? 0.5 : wins / pairs;
}

const logits = 'logits.discriminator.logits';
type Inspect = (examples: readonly Example[], taps: readonly string[]) => Promise<Record<string, Snapshot>>;

/**
 * Held-out text with the fakes that the run's noising draws, the same for every model, whatever its own generator would
 * put there: `apart` is how well they are told from the rest. Clark et al. 2020, §3.4, compares by tuning instead.
 */
export async function spotFakes(run: Run, data: Data, step: number, inspect: Inspect): Promise<Evaluation> {
  const made = heldOutExamples(data, run, rows).map(({ example }) => example);
  const tokens: Suspicion[] = [];
  for (let from = 0; from < made.length; from += atOnce) {
    const examples = made.slice(from, from + atOnce);
    const seen = examples.map(({ inputIds, segments }) => ({ inputIds, segments, labels: inputIds.map(() => IGNORE) }));
    const { shape, data: scores } = (await inspect(seen, [logits]))[logits]!;
    const length = shape.at(-1)!;
    examples.forEach(({ inputIds, replaced }, row) => {
      inputIds.forEach((id, i) => {
        if (data.vocabulary.isSpecial(id)) return;
        tokens.push({ score: scores[row * length + i]!, isFake: replaced?.[i] === 1 });
      });
    });
  }
  return { step, losses: {}, accuracies: { apart: toldApart(tokens) } };
}
