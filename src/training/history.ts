import type { Frame } from './probed.ts';
import type { Floors, History, Message } from './protocol.ts';

/** What has been heard of a run: its history, and what was said of it when it began. */
export interface Heard extends History {
  readonly frames: readonly Frame[];
  /** What it said last, kept or not. */
  readonly latest: Frame | undefined;
  /** Updates done. */
  readonly step: number;
  readonly parameters: number;
  readonly floors: Floors | undefined;
  /** The steps whose states are kept in this browser. */
  readonly kept: readonly number[];
  /** The model is seen as it was after so many updates. */
  readonly shown: number;
}

export const nothingHeard: Heard = {
  step: 0,
  steps: [],
  evaluations: [],
  probe: undefined,
  frames: [],
  latest: undefined,
  parameters: 0,
  floors: undefined,
  kept: [],
  shown: 0,
};

/** Later numbers replace earlier ones of the same step: a run that was set back draws the same curve again. */
function after<T extends { readonly step: number }>(kept: readonly T[], added: readonly T[]): readonly T[] {
  const first = added[0];
  if (!first) return kept;
  const end = kept.findLastIndex((one) => one.step < first.step) + 1;
  return [...(end === kept.length ? kept : kept.slice(0, end)), ...added];
}

/** What is known of a run once a message of its worker has come; the same object where it says nothing of that. */
export function heard(before: Heard, message: Message): Heard {
  switch (message.type) {
    case 'started':
      return {
        ...before,
        step: message.step,
        shown: message.step,
        parameters: message.parameters,
        kept: message.kept,
        frames: [],
        latest: undefined,
        ...message.history,
      };
    case 'floors':
      return { ...before, floors: message.floors };
    case 'steps':
      return {
        ...before,
        steps: after(before.steps, message.steps),
        step: message.steps.at(-1)?.step ?? before.step,
        shown: message.steps.at(-1)?.step ?? before.shown,
      };
    case 'evaluated':
      return { ...before, evaluations: after(before.evaluations, [message.at]) };
    case 'probed':
      return { ...before, probe: message.probe, frames: [], latest: undefined };
    case 'framed':
      return {
        ...before,
        frames: message.isKept ? after(before.frames, [message.frame]) : before.frames,
        latest: message.frame,
      };
    case 'saved':
      return { ...before, kept: message.kept };
    case 'shown':
      return { ...before, shown: message.step };
    case 'paused':
    case 'done':
      return { ...before, step: message.step, shown: message.step };
    default:
      return before;
  }
}
