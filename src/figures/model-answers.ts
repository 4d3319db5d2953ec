import type { Answer } from './model-picture.ts';
import { type Box, type PlacedText, textWidth, touches } from './placed-text.ts';
import type { Column } from './strips.ts';
import { percent } from './table.ts';
import { clip } from './text.ts';

/** The bars below the places that are asked. */
export interface PlacedAnswers {
  readonly labels: readonly PlacedText[];
  /** The bars of right guesses, those of the others, and the arrows that come down to them: one path each. */
  readonly right: string;
  readonly others: string;
  readonly arrows: string;
  /** How many of the places there was room for. */
  readonly shown: number;
}

/** How high the line of a guess and the arrow above them are, by the size of the letters. */
const answerLine = 1.4;
const arrow = 0.8;
export const answersHeight = (type: number, rows: number): number => (arrow + rows * answerLine) * type;

const round = (x: number): number => Math.round(x * 10) / 10;

/** The chosen place first, then from left to right what there is room for, each block inside `from` … `to`. */
export function placeAnswers(
  answers: readonly Answer[],
  columns: readonly Column[],
  at: {
    readonly top: number;
    readonly from: number;
    readonly to: number;
    readonly type: number;
    readonly rows: number;
  },
  chosen: number,
): PlacedAnswers {
  const { top, from, to, type, rows } = at;
  const full = Math.min(type * 5, (to - from) * 0.16);
  const labels: PlacedText[] = [];
  const taken: Box[] = [];
  const bars = { right: '', others: '' };
  let arrows = '';
  for (const { place, guesses, truth } of [...answers].sort(
    (a, b) => Number(b.place === chosen) - Number(a.place === chosen) || a.place - b.place,
  )) {
    const column = columns[place];
    if (!column) continue;
    const first = guesses.slice(0, rows);
    const words = first.map(({ token }) => ({ text: clip(token, 12), size: type, mono: true }));
    const before = Math.max(0, ...words.map(textWidth)) + 5;
    const after = Math.max(
      0,
      ...first.map(({ share }) => share * full + 4 + textWidth({ text: percent(share), size: type, bold: true })),
    );
    const middle = column.x + column.width / 2;
    const boxAt = (zero: number): Box => ({
      x: zero - before,
      y: top,
      width: before + after,
      height: answersHeight(type, rows),
    });
    // Where neighbours leave no room in the middle of a column, its bars may begin somewhere else in it.
    const zero = [0, 0.2, -0.2, 0.45, -0.45]
      .map((shift) => Math.max(from + before, Math.min(middle + shift * column.width, to - after)))
      .find((way) => taken.every((other) => !touches(boxAt(way), other, type)));
    if (zero === undefined) continue;
    taken.push(boxAt(zero));
    arrows += `M${round(middle)},${round(top)}v${round(type * 0.45)}m-3,-1l3,4l3,-4z`;
    first.forEach(({ token, share }, i) => {
      const isRight = token === truth;
      const y = top + (arrow + i * answerLine) * type;
      const wide = Math.max(1.5, share * full);
      bars[isRight ? 'right' : 'others'] +=
        `M${round(zero)},${round(y + type * 0.25)}h${round(wide)}v${round(type * 0.85)}h${-round(wide)}z`;
      const line = { y: y + type * 1.03, size: type, bold: isRight };
      labels.push(
        { ...line, ...words[i]!, x: zero - 5, anchor: 'end', colour: isRight ? 'truth' : undefined },
        { ...line, text: percent(share), x: zero + wide + 4 },
      );
    });
  }
  return { labels, ...bars, arrows, shown: taken.length };
}
