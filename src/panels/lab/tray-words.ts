import { listed } from '../../figures/table.ts';
import { questionsOf } from '../../training/model.ts';
import type { Made } from '../left-run.ts';
import { type Difference, differences } from '../run-differences.ts';
import { nameOf } from '../run-name.ts';
import { type Lettered, reachOf } from '../tray.ts';

const inWords = ({ name, from, to }: Difference): string => `${name} ${from} → ${to}`;

/** Two runs in one sentence: in what they differ, and that in nothing else. */
export function differSentence(a: Lettered, b: Lettered): string {
  const found = differences(a.run, b.run);
  const both = `${a.letter} and ${b.letter}`;
  if (found.length === 0) return `${both} have the same settings, the seed too: the same numbers come again.`;
  const isSeed = found.some(({ name }) => name === 'seed');
  if (isSeed && found.length === 1) return `${both} differ in the ${inWords(found[0]!)} alone.`;
  return `${both} differ in ${listed(found.map(inWords))}; all else is equal${isSeed ? '' : ', the seed too'}.`;
}

/** The first run by what it is, every other by what it has otherwise. */
export function rowName(one: Made, first: Made): string {
  if (one.run === first.run) return nameOf(one.run, reachOf(one)).replace(/, step .*$/, '');
  const found = differences(first.run, one.run).map(({ name, to }) => `${name} ${to}`);
  return found.length > 0 ? found.join(', ') : 'the same settings';
}

/** The last held-out loss of the first question of a run. */
export function lastLoss({ run, evaluations }: Made): number | undefined {
  const losses = evaluations.at(-1)?.losses ?? {};
  const name = Object.keys(questionsOf(run)).find((one) => one in losses);
  return name === undefined ? undefined : losses[name];
}

/** Why a run that is to be drawn has no curve; undefined where it has one. */
export function whyNotDrawn(one: Made, name: string | undefined, isPlaced: boolean): string | undefined {
  if (name !== undefined && !(name in questionsOf(one.run))) return 'asks something else: no curve on this chart';
  return isPlaced ? undefined : 'its steps were not stored: not on this axis';
}
