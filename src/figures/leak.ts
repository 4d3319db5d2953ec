import { type Pattern, spread } from '../core/pattern.ts';
import { monoWidth } from './palette.ts';
import { counted, type Table } from './table.ts';

/** A word that is to be guessed, and how far it has got about in a stack of layers. */
export interface Leak {
  /** The tokens of the input. */
  readonly tokens: readonly string[];
  /** Who may look at whom, a pattern a layer. */
  readonly layers: readonly Pattern[];
  /** The position whose word is asked for. */
  readonly answer: number;
  /** Whether the word stands in the input; else a sign for a hole does, and nothing can travel. */
  readonly isThere: boolean;
}

/** A look by which the answer comes from a position of the row below to one of the row above. */
export interface Look {
  readonly layer: number;
  readonly from: number;
  readonly to: number;
}

/** Who holds something of the answer: `[0]` in the input, `[l]` after layer l. */
export const holdersOf = ({ tokens, layers, answer, isThere }: Leak): readonly (readonly boolean[])[] =>
  isThere ? spread(layers, answer) : [tokens, ...layers].map(() => tokens.map(() => false));

/** The looks that carry the answer on a way that ends at its own position on top. */
export function looksOf(leak: Leak): readonly Look[] {
  const holders = holdersOf(leak);
  /** Whether what a position holds after a layer can come to the answer's own on top. */
  const arrives = [leak.tokens.map((_, i) => i === leak.answer)];
  for (const rows of [...leak.layers].reverse()) {
    const above = arrives[0]!;
    arrives.unshift(leak.tokens.map((_, j) => above[j]! || rows.some((row, i) => row[j]! && above[i]!)));
  }
  return leak.layers.flatMap((rows, layer) =>
    rows.flatMap((row, to) =>
      row.flatMap((visible, from) =>
        visible && holders[layer]![from]! && arrives[layer + 1]![to]! ? [{ layer, from, to }] : [],
      ),
    ),
  );
}

export const rowName = (layer: number): string => (layer === 0 ? 'Input' : `After layer ${layer}`);

/** One sentence that is true of the picture. */
export function describeLeak(leak: Leak): string {
  const { tokens, answer, isThere } = leak;
  if (!isThere) return `The word at position ${answer} is not in the input: no position holds anything of it.`;
  const holders = holdersOf(leak);
  const said = holders
    .slice(1)
    .map((row, l) => `after layer ${l + 1} ${counted(row.filter(Boolean).length, 'position')}`)
    .join(', ');
  const looks = looksOf(leak);
  const own = looks.some(({ to }) => to === answer) ? 'by attention and by the residual path' : 'by the residual path';
  return `Who holds something of ${tokens[answer]} (${answer}): ${said}. Its own position holds it ${own}.`;
}

/** A row a position. */
export const tabulateLeak = (leak: Leak): Table => {
  const holders = holdersOf(leak);
  return {
    columns: ['Position', 'Token', ...holders.map((_, l) => rowName(l))],
    rows: leak.tokens.map((token, i) => [i, token, ...holders.map((row) => (row[i] ? 'holds it' : ''))]),
  };
};

export interface LeakLayout {
  /** Type size, and the most letters of a token. */
  readonly type: number;
  readonly letters: number;
  /** Whether the tokens stand upright, read from below: where a line of them would be cut to a few letters. */
  readonly isTurned: boolean;
  readonly box: number;
  /** Left end and width of each column. */
  readonly columns: readonly { readonly x: number; readonly width: number }[];
  /** Top of the boxes of each row, the input lowest. */
  readonly tops: readonly number[];
  readonly height: number;
}

/** A token that is cut to fewer letters tells nobody what it is. */
const leastLetters = 4;
/** A column in which a token of 12 px can stand upright. */
const leastColumn = 15;

/**
 * One line of tokens a row, as large as it fits, at least at 12 px; where that is too wide the longest are cut, and
 * where hardly anything would be left of them they are turned.
 */
export function layoutLeak(tokens: readonly string[], rows: number, width: number, size: number): LeakLayout {
  const gap = size * 0.4;
  const room = width - 2 - gap * (tokens.length - 1);
  const pad = 0.8;
  const at = (letters: number) =>
    room / tokens.reduce((sum, { length }) => sum + Math.max(1, Math.min(length, letters)) * monoWidth + pad, 0);
  let letters = Math.max(1, ...tokens.map(({ length }) => length));
  const longest = letters;
  while (letters > 1 && at(letters) < 12) letters--;
  const each = room / Math.max(1, tokens.length);
  const isTurned = letters < Math.min(leastLetters, longest) && each >= leastColumn;
  if (isTurned) letters = longest;
  const type = isTurned ? 12 : Math.max(12, Math.min(size, at(letters)));
  const box = isTurned ? (longest * monoWidth + 1) * type : type * 1.9;
  let x = 1;
  const columns = tokens.map(({ length }) => {
    const column = { x, width: isTurned ? each : (Math.max(1, Math.min(length, letters)) * monoWidth + pad) * type };
    x += column.width + gap;
    return column;
  });
  const line = size * 1.7;
  const stride = line + box + size * 3.4;
  const tops = Array.from({ length: rows }, (_, row) => line + (rows - 1 - row) * stride);
  return { type, letters, isTurned, box, columns, tops, height: tops[0]! + box + size * 2.6 };
}

/** A look as a line from the middle of one box to that of another. */
export const curveOf = (x0: number, y0: number, x1: number, y1: number): string =>
  `M${x0},${y0}C${x0},${(y0 + y1) / 2} ${x1},${(y0 + y1) / 2} ${x1},${y1}`;
