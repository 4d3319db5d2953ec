import { monoWidth } from './palette.ts';
import { listed, percent, type Table } from './table.ts';
import { widthOf } from './text.ts';

/** Someone who says how likely each of some words is. */
export interface WordReader {
  readonly name: string;
  /** A share a word, 0 … 1. */
  readonly shares: readonly number[];
}

/** The same words by several readers; what is left of a share belongs to all other words together. */
export interface Distributions {
  readonly words: readonly string[];
  readonly readers: readonly WordReader[];
  /** Which of the words stood there. */
  readonly truth?: number | undefined;
  /** Bars are as long as the largest of them allows, for shares that are all small; the rest is left out. */
  readonly near?: boolean | undefined;
}

/** What a reader leaves to words that are not shown. */
export const restOf = ({ shares }: WordReader): number => Math.max(0, 1 - shares.reduce((sum, one) => sum + one, 0));

/** Below this a rest is a rounding error. */
const nothing = 5e-4;

/** Whether a row says what is left to other words. */
export const hasRest = ({ readers, near }: Distributions): boolean =>
  !near && readers.some((one) => restOf(one) > nothing);

/** The share of the longest bar there can be. */
export const fullOf = ({ readers, near }: Distributions): number =>
  near ? Math.max(1e-9, ...readers.flatMap(({ shares }) => shares)) : 1;

/** A share in words; of small ones two digits. */
export const shareText = (share: number, near = false): string =>
  near ? `${Number((100 * share).toPrecision(2))} %` : percent(share);

/** The label of the last row. */
export const others = 'all others';

/** One sentence that is true of the bars. */
export function describeDistributions({ words, readers, near }: Distributions): string {
  const each = readers.map(({ name, shares }) => {
    const order = [...shares.keys()].sort((a, b) => shares[b]! - shares[a]!).slice(0, 3);
    const first = order.filter((i) => shares[i]! > 0).map((i) => `${words[i]} ${shareText(shares[i]!, near)}`);
    return `${name}: ${listed(first)}`;
  });
  return `How likely each word is. ${each.join('; ')}.`;
}

export function tabulateDistributions(given: Distributions): Table {
  const { words, readers, truth, near } = given;
  const rows = words.map((word, i) => [
    truth === i ? `${word} (stood there)` : word,
    ...readers.map(({ shares }) => (near ? shareText(shares[i]!, near) : `${(100 * shares[i]!).toFixed(1)} %`)),
  ]);
  const rest = [others, ...readers.map((one) => `${(100 * restOf(one)).toFixed(1)} %`)];
  return { columns: ['Word', ...readers.map(({ name }) => name)], rows: hasRest(given) ? [...rows, rest] : rows };
}

export interface DistributionsLayout {
  /** Where each reader's column stands: the left edge of its bars and the top of its band. */
  readonly columns: readonly { readonly x: number; readonly y: number }[];
  /** Tops of the bands, each with the words at its left. */
  readonly bands: readonly number[];
  /** How long a share of 1 is. */
  readonly room: number;
  /** From the top of a band to its first bar, and from one bar to the next. */
  readonly head: number;
  readonly line: number;
  readonly left: number;
  readonly type: number;
  readonly height: number;
}

/** Columns side by side, as many as leave each room for a bar that can be compared; then another band begins. */
export function layoutDistributions(given: Distributions, width: number, size: number): DistributionsLayout {
  const { words, readers } = given;
  const type = Math.max(12, size * 0.9);
  const rows = words.length + Number(hasRest(given));
  const longest = Math.max(others.length, ...words.map(({ length }) => length));
  const left = longest * monoWidth * type + type * 0.8;
  /** Behind a bar stands its share. */
  const number = widthOf(given.near ? 7 : 6, type, 'label');
  const gap = type;
  const least = type * 4.5 + number + gap;
  const across = Math.max(1, Math.min(readers.length, Math.floor((width - left + gap) / least)));
  const column = (width - left + gap) / across;
  const [head, line] = [type * 2, type * 1.75];
  const band = head + rows * line + type * 0.6;
  const bands = Array.from({ length: Math.ceil(readers.length / across) }, (_, i) => i * band);
  return {
    columns: readers.map((_, i) => ({ x: left + (i % across) * column, y: bands[Math.floor(i / across)]! })),
    bands,
    room: column - gap - number,
    head,
    line,
    left,
    type,
    height: bands.length * band,
  };
}
