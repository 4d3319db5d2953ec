import type { Decision } from '../objectives/objective.ts';
import { counted, type Table } from './table.ts';
import { chanceText } from './text.ts';

export interface TapeLayout {
  readonly card: number;
  readonly cardHeight: number;
  readonly gap: number;
  /** How far the row of cards is shifted to the left. */
  readonly shift: number;
  /** Left and right end of the track, and its height in the figure. */
  readonly track: { readonly from: number; readonly to: number; readonly y: number };
  readonly button: number;
  readonly height: number;
}

/** `at` decisions are made (it may lie between two); where the row overflows, the last of them is in the middle. */
export function layoutTape(count: number, at: number, width: number, size: number): TapeLayout {
  const card = Math.min(size * 11.5, width - 8);
  const gap = size * 0.7;
  const cardHeight = size * 7.2;
  const whole = count * (card + gap) - gap;
  const centre = (Math.max(at, 1) - 1) * (card + gap) + card / 2;
  const shift = whole <= width ? 0 : Math.min(whole - width + 3, Math.max(-3, centre - width / 2));
  const button = Math.max(30, size * 2.1);
  const y = cardHeight + 14 + button / 2;
  return {
    card,
    cardHeight,
    gap,
    shift: whole <= width ? -3 : shift,
    track: { from: button * 2 + 20, to: width - button * 2 - 20, y },
    button,
    height: cardHeight + 14 + button + size * 1.5,
  };
}

/** How many decisions are made when the handle of the track stands at `x`. */
export function countAt(x: number, count: number, { track }: TapeLayout): number {
  const share = (x - track.from) / (track.to - track.from);
  return Math.round(Math.min(1, Math.max(0, share)) * count);
}

/** One sentence that is true of the tape. */
export function describeTape(decisions: readonly Decision[], at: number): string {
  const made = Math.round(at);
  const last = decisions[made - 1];
  const head = `${counted(decisions.length, 'random decision')} in the order drawn, ${made} made so far`;
  return last ? `${head}; the last: ${last.question} ${last.answer}.` : `${head}.`;
}

export const tabulateTape = (decisions: readonly Decision[]): Table => ({
  columns: ['Draw', 'Question', 'Answer', 'Position', 'Chance'],
  rows: decisions.map((decision, i) => [
    i + 1,
    decision.question,
    decision.answer,
    decision.position ?? '',
    decision.chance === undefined ? '' : chanceText(decision.chance),
  ]),
});
