import * as v from 'valibot';

/** How many questions of a lesson were answered in this browser, and how many of them rightly. */
export interface Score {
  readonly answered: number;
  readonly right: number;
}

const score = v.object({
  answered: v.pipe(v.number(), v.integer(), v.minValue(0)),
  right: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

export function readScore(lesson: string): Score {
  try {
    const checked = v.safeParse(score, JSON.parse(localStorage.getItem(`unmask/quiz/${lesson}`) ?? 'null'));
    return checked.success && checked.output.right <= checked.output.answered
      ? checked.output
      : { answered: 0, right: 0 };
  } catch {
    return { answered: 0, right: 0 };
  }
}

export function writeScore(lesson: string, value: Score): void {
  try {
    localStorage.setItem(`unmask/quiz/${lesson}`, JSON.stringify(value));
  } catch {
    // Nothing can be stored here: the score lives as long as the page.
  }
}
