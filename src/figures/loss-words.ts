import { learnedShare, type References } from './curve.ts';
import { percent } from './table.ts';

/** A loss in nats as people read it. */
export const lossText = (loss: number): string => loss.toFixed(Math.abs(loss) < 0.095 ? 3 : 2);

/**
 * How many equally likely answers would be as hard to choose among: e to the loss; of a run gone astray that
 * they are many.
 */
export function amongText(loss: number): string {
  if (loss > Math.log(1e6)) return '> 1M';
  const answers = Math.exp(loss);
  // Where few are left, a half of one tells.
  return answers < 9.95 ? answers.toFixed(1) : Math.round(answers).toLocaleString('en');
}

/** A place on the horizontal axis: `1,500`, `2.5M`. */
export function placeText(x: number, short: (x: number) => string): string {
  return Math.abs(x) < 100_000 ? x.toLocaleString('en', { maximumFractionDigits: 2 }) : short(x);
}

/** So many nats above a guess that knows nothing, no chance has brought a loss there. */
const astray = 1;

/** `83 % of what can be learned`, where that is known; of a run gone astray that it is. */
export function learnedText(loss: number, references: References): string | undefined {
  if (loss > (references[0]?.loss ?? Number.NaN) + astray) return 'far worse than guessing: the rate is too high';
  const share = learnedShare(loss, references);
  return share === undefined ? undefined : `${percent(share)} of what can be learned`;
}
