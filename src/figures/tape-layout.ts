import type { Decision } from '../objectives/objective.ts';
import { counted, type Table } from './table.ts';
import { chanceText } from './text.ts';

export interface TapeLayout {
  readonly card: number;
  readonly cardHeight: number;
  readonly gap: number;
  /** Cards in a line; the lines of a long tape are one, and it is shifted to the left by so much. */
  readonly across: number;
  readonly shift: number;
  /** Height of all lines of cards. */
  readonly cards: number;
  /** Left and right end of the track, and its height in the figure. */
  readonly track: { readonly from: number; readonly to: number; readonly y: number };
  readonly button: number;
  readonly height: number;
}

/** A short tape, of at most so many draws, shows all its cards at once, in as many lines as that takes. */
const longest = 12;
/** Room for the outline of the first and the last card. */
const edge = 3;

/** `at` decisions are made (it may lie between two); of a long tape the last of them is in the middle. */
export function layoutTape(count: number, at: number, width: number, size: number): TapeLayout {
  const cardHeight = size * 6.4;
  const widest = Math.min(size * 11.5, width - 2 * edge);
  const button = Math.max(30, size * 2.1);
  const place = (card: number, gap: number, across: number, shift: number): TapeLayout => {
    const cards = Math.max(1, Math.ceil(count / across)) * (cardHeight + gap) - gap;
    const y = cards + 14 + button / 2;
    const track = { from: button * 2 + 20, to: width - button * 2 - 20, y };
    const height = cards + 14 + button + size * 1.5;
    return { card, cardHeight, gap, across, shift, cards, track, button, height };
  };
  if (count <= longest) {
    const gap = size * 0.45;
    const room = width - 2 * edge + gap;
    const most = Math.max(1, Math.floor(room / (size * 8 + gap)));
    // Lines of about the same number of cards.
    const across = Math.max(1, Math.ceil(count / Math.max(1, Math.ceil(count / most))));
    const card = room / across - gap;
    return place(across < count ? card : Math.min(widest, card), gap, across, -edge);
  }
  const gap = size * 0.7;
  const whole = count * (widest + gap) - gap;
  const centre = (Math.max(at, 1) - 1) * (widest + gap) + widest / 2;
  const shift = whole <= width ? -edge : Math.min(whole - width + edge, Math.max(-edge, centre - width / 2));
  return place(widest, gap, count, shift);
}

/** The upper left corner of a card. */
export const cornerOf = (index: number, { card, cardHeight, gap, across, shift }: TapeLayout) => ({
  x: (index % across) * (card + gap) - shift,
  y: Math.floor(index / across) * (cardHeight + gap),
});

/** How many decisions are made when the handle of the track stands at `x`. */
export function countAt(x: number, count: number, { track }: TapeLayout): number {
  const share = (x - track.from) / (track.to - track.from);
  return Math.round(Math.min(1, Math.max(0, share)) * count);
}

/** How far the tape is, under its track. */
export function progressText(made: number, count: number): string {
  if (made > 0) return `draw ${made} of ${count}`;
  return count > 0 ? `nothing drawn yet, ${count} to come` : 'nothing to draw';
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
