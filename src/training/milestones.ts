import { noisingFacts, pairingFacts } from '../objectives/facts.ts';
import { corpora } from '../text/catalog.ts';
import type { Hits } from '../text/classes.ts';
import { questionsOf } from './model.ts';
import type { Evaluation, Floors } from './protocol.ts';
import type { Run } from './run.ts';
import { surprise } from './surprise.ts';

/**
 * Something to be learned that can be seen in the numbers of a run.
 * - `classes`: of held-out words of these classes, taken together, a share of `threshold` is told; or nine tenths of
 *   what the exact reader is expected to tell, if that is less: hidden words often cannot be known.
 * - `judge`: of yes-or-no questions a share is told that lies `way` of the way from a coin's to the exact reader's, and
 *   at most `within` below the latter's.
 * - `loss`: the loss has fallen `way` of the way from that of one who knows only how often the answer is yes (`rate`)
 *   or how often each word comes (`unigram`), down to nothing or to the best possible.
 */
export type Milestone = {
  readonly id: string;
  readonly title: string;
  /** The loss whose question it is about, by its name in the run. */
  readonly loss: string;
} & (
  | {
      readonly by: 'classes';
      readonly classes: readonly string[];
      /** Which words are counted, all of them together. */
      readonly counted?: string;
      readonly threshold: number;
    }
  | { readonly by: 'judge'; readonly way: number; readonly within?: number }
  | {
      readonly by: 'loss';
      readonly from: 'rate' | 'unigram';
      readonly to: 'nothing' | 'best';
      readonly way: number;
    }
);

/** How far a run is with a milestone. */
export interface Standing {
  readonly milestone: Milestone;
  /** The share told, or the loss, at the last evaluation that has the figure; absent: none has. */
  readonly at?: number;
  /** What it must be: at least, or at most of a loss. Absent: that cannot be said (yet). */
  readonly needed?: number;
  /** The same figure of the exact reader, where it is known. */
  readonly best?: number;
  /**
   * The step of the first evaluation that reached it; absent: not yet. What is forgotten later was still reached. Where
   * the figure was not kept from the beginning, it may have been reached before.
   */
  readonly step?: number;
}

/** Of what the exact reader is expected to tell. */
const shareOfBest = 0.9;
const threshold = 0.7;

/**
 * By what is needed to tell a word; which comes first is for the run to show. A hero is copied like a place, but stands
 * in fewer sentences and is learned much later, so the two are told apart; so are cities and similes.
 */
const told: readonly {
  readonly id: string;
  readonly title: string;
  readonly counted: string;
  readonly classes: readonly string[];
}[] = [
  { id: 'frames', title: 'Frames', counted: 'fixed words', classes: ['frame'] },
  { id: 'pairs', title: 'Two-word names', counted: 'second words of cities', classes: ['city'] },
  { id: 'copying', title: 'Copying', counted: 'places and weekdays together', classes: ['place', 'weekday'] },
  { id: 'similes', title: 'Similes', counted: 'second words', classes: ['simile'] },
  { id: 'heroes', title: 'Heroes', counted: 'names told twice', classes: ['hero'] },
  { id: 'clues', title: 'Two clues', counted: 'animals, by weather and food', classes: ['animal'] },
];

/** Of verdicts on single tokens, of which few are fakes. */
const verdicts = (loss: string): readonly Milestone[] => [
  { id: 'rate', title: 'More than how often', loss, by: 'loss', from: 'rate', to: 'nothing', way: 0.1 },
  { id: 'fakes', title: 'Half of the doubt is gone', loss, by: 'loss', from: 'rate', to: 'nothing', way: 0.5 },
];

const pairs = (loss: string): readonly Milestone[] => [
  { id: 'half-judge', title: 'Half way to the best judge', loss, by: 'judge', way: 0.5 },
  { id: 'judge', title: 'Beside the best judge', loss, by: 'judge', way: 1, within: 0.03 },
];

/** Of a text that is written again: most of it stands in what is read. */
const writing = (loss: string): readonly Milestone[] => [
  { id: 'words', title: 'Which words there are', loss, by: 'loss', from: 'unigram', to: 'best', way: 0.1 },
  { id: 'repeating', title: 'Repeating what is read', loss, by: 'loss', from: 'unigram', to: 'best', way: 0.8 },
  { id: 'restoring', title: 'Restoring what is not', loss, by: 'loss', from: 'unigram', to: 'best', way: 0.95 },
];

/** What is to be learned in a run, as far as it can be measured; pure, so the page may ask too. */
export function milestonesOf(run: Run): readonly Milestone[] {
  const { noising, pairing } = run.recipe;
  const questions = questionsOf(run);
  const asked = questions[noising];
  const titles = corpora[run.text.corpus]?.classes?.titles ?? {};
  const known = told.filter(({ classes }) => classes.every((one) => one in titles));
  const isWritten = noisingFacts[noising]?.asks === 'text';
  return [
    ...(asked?.kind === 'token' && !isWritten
      ? known.map((one): Milestone => ({ ...one, loss: noising, by: 'classes', threshold }))
      : []),
    ...(asked?.kind === 'token' && isWritten ? writing(noising) : []),
    ...(asked?.kind === 'yesNo' ? verdicts(noising) : []),
    ...(questions[pairing] && pairingFacts[pairing]?.labels ? pairs(pairing) : []),
  ];
}

/** All answers of some classes; undefined where none of them was asked for. */
function together(counts: Readonly<Record<string, Hits>> | undefined, classes: readonly string[]): Hits | undefined {
  const all = classes.flatMap((one) => counts?.[one] ?? []);
  const sum = (of: keyof Hits) => all.reduce((total, hits) => total + hits[of], 0);
  return all.length > 0 ? { right: sum('right'), asked: sum('asked') } : undefined;
}

const shareOf = (hits: Hits | undefined): number | undefined => hits && hits.right / hits.asked;

/** The share told, or the loss, at an evaluation; undefined where it has no such figure. */
export function figureAt(milestone: Milestone, { classes, accuracies, losses }: Evaluation): number | undefined {
  if (milestone.by === 'classes') return shareOf(together(classes, milestone.classes));
  return (milestone.by === 'judge' ? accuracies : losses)[milestone.loss];
}

/** The same figure of the exact reader; undefined where it is not known. */
export function bestOf(milestone: Milestone, floors: Floors | undefined): number | undefined {
  const best = floors?.best[milestone.loss];
  if (milestone.by === 'classes') return shareOf(together(best?.classes, milestone.classes));
  return milestone.by === 'judge' ? best?.accuracy : best?.loss;
}

/** Of the share of right answers about two that are equally likely. */
const coin = 0.5;

/** What the figure must be at an evaluation; undefined where what it is held against is not known. */
export function neededAt(
  milestone: Milestone,
  floors: Floors | undefined,
  { positives }: Evaluation,
): number | undefined {
  const best = bestOf(milestone, floors);
  if (milestone.by === 'classes')
    return floors && Math.min(milestone.threshold, best === undefined ? 1 : shareOfBest * best);
  const { way } = milestone;
  if (milestone.by === 'judge')
    return best === undefined ? undefined : Math.max(coin, coin + way * (best - coin) - (milestone.within ?? 0));
  const rate = positives?.[milestone.loss];
  const from = milestone.from === 'rate' ? rate !== undefined && surprise(rate) : floors?.unigram;
  const to = milestone.to === 'nothing' ? 0 : best;
  return typeof from !== 'number' || to === undefined ? undefined : from - way * (from - to);
}

function isReached(milestone: Milestone, floors: Floors | undefined, evaluation: Evaluation): boolean {
  const figure = figureAt(milestone, evaluation);
  const needed = neededAt(milestone, floors, evaluation);
  if (figure === undefined || needed === undefined) return false;
  return milestone.by === 'loss' ? figure <= needed : figure >= needed;
}

/** How far a run with these evaluations is with each milestone. */
export const standingsOf = (
  milestones: readonly Milestone[],
  evaluations: readonly Evaluation[],
  floors: Floors | undefined,
): readonly Standing[] =>
  milestones.map((milestone) => {
    const last = evaluations.findLast((one) => figureAt(milestone, one) !== undefined);
    return {
      milestone,
      at: last && figureAt(milestone, last),
      needed: last && neededAt(milestone, floors, last),
      best: bestOf(milestone, floors),
      step: evaluations.find((one) => isReached(milestone, floors, one))?.step,
    };
  });
