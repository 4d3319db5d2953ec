import type { History } from '../training/protocol.ts';
import { isSameRun, type Made } from './left-run.ts';

/** With the letter by which it is called. */
export interface Lettered extends Made {
  readonly letter: string;
}
/** A run that is kept beside the one on the chart. */
export interface TrayRun extends Lettered {
  /** Of this page, of this browser, or made before and stored with the site. */
  readonly from: 'here' | 'browser' | 'stored';
  /** Whether it is drawn. */
  readonly isShown: boolean;
}

/** Runs kept. */
export const mostKept = 6;

/** The step that a run has come to. */
export const reachOf = ({ steps, evaluations }: Pick<History, 'steps' | 'evaluations'>): number =>
  Math.max(steps.at(-1)?.step ?? 0, evaluations.at(-1)?.step ?? 0);

/** The first letter that nobody has. */
export function nextLetter(taken: readonly string[]): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return [...letters].find((letter) => !taken.includes(letter)) ?? '?';
}

/** Which of the hues: A has the first. */
export const hueOfLetter = (letter: string): number => Math.max(0, letter.charCodeAt(0) - 65);

/** A run draws the same numbers whenever it is made here; those of another device may differ. */
const isAgain = (one: TrayRun, other: TrayRun): boolean =>
  (one.from === 'stored') === (other.from === 'stored') && isSameRun(one.run, other.run);

/**
 * One run more, drawn. The same run made again takes no second place: the longer of the two stays, under the letter it
 * had. Of too many the oldest that is not drawn goes, and where all are, the oldest.
 */
export function kept(tray: readonly TrayRun[], added: Omit<TrayRun, 'isShown'>): readonly TrayRun[] {
  const one: TrayRun = { ...added, isShown: true };
  const same = tray.find((other) => isAgain(one, other));
  if (same) {
    const { letter } = same;
    const longer = reachOf(one) >= reachOf(same) ? { ...one, letter } : { ...same, isShown: true };
    return tray.map((other) => (other === same ? longer : other));
  }
  if (tray.length < mostKept) return [...tray, one];
  const victim = tray.find(({ isShown }) => !isShown) ?? tray[0];
  return [...tray.filter((other) => other !== victim), one];
}

/**
 * The two whose answers are put side by side, in the order of their letters: the run on the chart, if there is one, and
 * the first that is drawn beside it. The same settings give the same answers, so a ghost is none of them.
 */
export function compared(
  live: Lettered | undefined,
  shown: readonly TrayRun[],
): readonly [Lettered, Lettered] | undefined {
  const [first, ...rest] = live ? [live, ...shown] : shown;
  const second = first && rest.find(({ run }) => !isSameRun(run, first.run));
  if (!first || !second) return undefined;
  return first.letter < second.letter ? [first, second] : [second, first];
}
