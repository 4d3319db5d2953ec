/** How far a lesson was read. */
export interface Progress {
  readonly read: number;
  readonly of: number;
  readonly isDone: boolean;
  /** The step to go on with: the first that was not on the screen; empty where nothing was begun or all is read. */
  readonly step: string;
}

/** From the ids of a lesson's steps, and of those that were on the screen. */
export function progressOf(steps: readonly string[], seen: readonly string[]): Progress {
  const open = steps.find((id) => !seen.includes(id));
  const read = steps.filter((id) => seen.includes(id)).length;
  return { read, of: steps.length, isDone: steps.length > 0 && open === undefined, step: read > 0 ? (open ?? '') : '' };
}

/** Several lessons together. */
export function together(all: readonly Progress[]): Omit<Progress, 'step'> {
  const sum = (of: (one: Progress) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    read: sum(({ read }) => read),
    of: sum(({ of }) => of),
    isDone: all.length > 0 && all.every(({ isDone }) => isDone),
  };
}

/** `5 h 20 min`, `45 min`. */
export function timeText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && `${hours} h`, (rest > 0 || hours === 0) && `${rest} min`].filter(Boolean).join(' ');
}
