import { percent, type Table } from './table.ts';

/** A pair as it was judged. */
export interface JudgedPair {
  /** Its two texts. */
  readonly a: string;
  readonly b: string;
  /** P(yes) of the model. */
  readonly share: number;
  /** P(yes) of the best possible reader; absent: not known. */
  readonly best?: number;
  /** Whether yes is true. */
  readonly truth: boolean;
}

export const isRight = ({ share, truth }: JudgedPair): boolean => share > 0.5 === truth;

/** One sentence that is true of the verdicts. */
export function describePairVerdicts(pairs: readonly JudgedPair[], yes: string): string {
  const right = pairs.filter(isRight).length;
  const each = pairs.map(({ share, truth }, i) => `${i + 1}: ${percent(share)}, true: ${truth ? 'yes' : 'no'}`);
  return `${right} of ${pairs.length} pairs judged rightly. How sure of “${yes}”: ${each.join('; ')}.`;
}

export const tabulatePairVerdicts = (pairs: readonly JudgedPair[], yes: string): Table => ({
  columns: ['Pair', 'A', 'B', yes, 'Best possible reader', 'True'],
  rows: pairs.map(({ a, b, share, best, truth }, i) => [
    i + 1,
    a,
    b,
    percent(share),
    best === undefined ? '' : percent(best),
    truth ? 'yes' : 'no',
  ]),
});
