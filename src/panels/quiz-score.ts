import * as v from 'valibot';

/** How many questions of a lesson were answered in this browser, how many of them rightly, and how many passed over. */
export interface Score {
  readonly answered: number;
  readonly right: number;
  readonly skipped: number;
}

export const noScore: Score = { answered: 0, right: 0, skipped: 0 };

const score = v.object({
  answered: v.pipe(v.number(), v.integer(), v.minValue(0)),
  right: v.pipe(v.number(), v.integer(), v.minValue(0)),
  skipped: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
});

export function readScore(lesson: string): Score {
  try {
    const checked = v.safeParse(score, JSON.parse(localStorage.getItem(`unmask/quiz/${lesson}`) ?? 'null'));
    return checked.success && checked.output.right <= checked.output.answered ? checked.output : noScore;
  } catch {
    return noScore;
  }
}

export function writeScore(lesson: string, value: Score): void {
  try {
    localStorage.setItem(`unmask/quiz/${lesson}`, JSON.stringify(value));
  } catch {
    // Nothing can be stored here: the score lives as long as the page.
  }
}
