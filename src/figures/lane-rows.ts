import { monoWidth } from './palette.ts';
import { counted, type Table } from './table.ts';
import { widthOf } from './text.ts';

/** A row of a batch that reads on in its own share of a text. */
export interface Lane {
  readonly name: string;
  /** Windows of its share, and which of them is read, from 0 on. */
  readonly windows: number;
  readonly at: number;
  /** What is read now. */
  readonly tokens: readonly string[];
}

/** One sentence that is true of the rows. */
export function describeLanes(lanes: readonly Lane[]): string {
  const [first] = lanes;
  if (!first) return 'No row reads.';
  const begin = first.tokens.slice(0, 6).join(' ');
  return (
    `${counted(lanes.length, 'row')} side by side, each at segment ${first.at + 1} of its own share of the text; ` +
    `${first.name} reads ${begin} …`
  );
}

export const tabulateLanes = (lanes: readonly Lane[]): Table => ({
  columns: ['Row', 'Segment', 'of', 'Reads'],
  rows: lanes.map(({ name, windows, at, tokens }) => [name, at + 1, windows, tokens.join(' ')]),
});

export interface LaneLayout {
  readonly type: number;
  readonly left: number;
  /** The share of a row, from end to end. */
  readonly bar: { readonly width: number; readonly height: number };
  readonly textX: number;
  /** So many letters of what is read have room. */
  readonly letters: number;
  readonly rows: readonly { readonly y: number; readonly x: number; readonly width: number }[];
  readonly line: number;
  readonly height: number;
}

/** A bar for each share with the segment marked in it, and the words beside it; on a phone below it. */
export function layoutLanes(lanes: readonly Lane[], width: number, size: number): LaneLayout {
  const type = Math.max(12, size * 0.85);
  const isNarrow = width < 480;
  const left = widthOf(Math.max(1, ...lanes.map(({ name }) => name.length)), type, 'label') + type * 0.6;
  const barWidth = isNarrow ? width - left - 2 : width * 0.22;
  const textX = isNarrow ? 1 : left + barWidth + type;
  const line = isNarrow ? type * 3.3 : type * 2.1;
  const rows = lanes.map(({ windows, at }, i) => {
    const wide = Math.max(5, barWidth / windows);
    return { y: i * line + 2, x: left + (at / Math.max(1, windows - 1)) * (barWidth - wide), width: wide };
  });
  const letters = Math.floor((width - textX) / (type * monoWidth));
  return {
    type,
    left,
    bar: { width: barWidth, height: type * 1.1 },
    textX,
    letters,
    rows,
    line,
    height: lanes.length * line + type * 0.4,
  };
}
