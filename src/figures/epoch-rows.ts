import { counted, percent, type Table } from './table.ts';
import { widthOf } from './text.ts';

/** What happened to a token that is asked for. */
export type HoleKind = 'hidden' | 'replaced' | 'kept';

export interface Hole {
  readonly place: number;
  readonly kind: HoleKind;
}
/** The holes that one sentence had in one epoch. */
export interface EpochRow {
  readonly label: string;
  readonly holes: readonly Hole[];
}
/** One sentence through its epochs. */
export interface Epochs {
  readonly tokens: readonly string[];
  readonly rows: readonly EpochRow[];
  /** Of each row, the last one above it with the same holes. */
  readonly sameAs: readonly (number | undefined)[];
  /** Share of the tokens that were asked for by then, row by row. */
  readonly covered: readonly number[];
  /** What is to be expected of as many different rows, row by row: 1 − (1 − rate)^k. */
  readonly law: readonly number[];
}

/** How many rows there are whose like has not come before, up to and with each. */
export function distinctBy(sameAs: Epochs['sameAs']): readonly number[] {
  let count = 0;
  return sameAs.map((same) => {
    if (same === undefined) count += 1;
    return count;
  });
}

/** The rows that are the same, as lists of more than one, in the order in which they first come. */
export function alike(sameAs: Epochs['sameAs']): readonly (readonly number[])[] {
  const kinds: number[][] = [];
  const kindOf: (number[] | undefined)[] = [];
  sameAs.forEach((same, i) => {
    const kind = same === undefined ? [] : kindOf[same]!;
    if (kind.length === 0) kinds.push(kind);
    kind.push(i);
    kindOf.push(kind);
  });
  return kinds.filter(({ length }) => length > 1);
}

/** Places that were asked for at least once. */
export const everAsked = ({ rows }: Pick<Epochs, 'rows'>): ReadonlySet<number> =>
  new Set(rows.flatMap(({ holes }) => holes.map(({ place }) => place)));

/** A share as the law has it: to a tenth of a percent. */
export const shareText = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** One sentence that is true of the picture. */
export function describeEpochs({ tokens, rows, sameAs, covered, law }: Epochs): string {
  if (rows.length === 0) return 'No epoch yet.';
  const different = distinctBy(sameAs).at(-1)!;
  const asked = Math.round(covered.at(-1)! * tokens.length);
  return (
    `One sentence in ${counted(rows.length, 'epoch')}: ${counted(different, 'different row')} of holes. ` +
    `${asked} of ${counted(tokens.length, 'token')} asked for at least once, ${percent(covered.at(-1)!)}; ` +
    `to be expected: ${shareText(law.at(-1)!)}.`
  );
}

export const tabulateEpochs = ({ tokens, rows, sameAs, covered, law }: Epochs): Table => ({
  columns: ['Epoch', 'Holes', 'The same as', 'Asked for by then', 'To be expected'],
  rows: rows.map(({ label, holes }, i) => {
    const same = sameAs[i];
    return [
      label,
      holes.map(({ place }) => `${place + 1} ${tokens[place]}`).join(', '),
      same === undefined ? '' : rows[same]!.label,
      percent(covered[i]!),
      shareText(law[i]!),
    ];
  }),
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface EpochLayout {
  readonly type: number;
  /** Left edge of the first column, and width of one. */
  readonly left: number;
  readonly column: number;
  readonly top: number;
  /** By how many degrees the tokens are turned. */
  readonly slant: number;
  readonly row: number;
  /** Baselines of the labels that there is room for, by row. */
  readonly labels: readonly { readonly i: number; readonly y: number }[];
  /** A band behind each row, and the cells of its holes. */
  readonly bands: readonly Box[];
  readonly cells: readonly (readonly (Box & { readonly kind: HoleKind })[])[];
  /** One thread for all rows that are the same, where there are several, and where its beads are. */
  readonly threads: readonly { readonly x: number; readonly beads: readonly number[] }[];
  readonly bead: number;
  /** Below each column, whether it was ever asked for. */
  readonly ever: readonly (Box & { readonly was: boolean })[];
  readonly bar: Box;
  readonly height: number;
}

/** Rows under one another, forty as thin as eight are tall together with the room between; threads at the right. */
export function layoutEpochs({ tokens, rows, sameAs }: Epochs, width: number, size: number): EpochLayout {
  const type = Math.max(12, size);
  const isNarrow = width < 480;
  const left = widthOf(isNarrow ? 2.6 : 9, type, 'label');
  const right = isNarrow ? type * 4 : type * 7.5;
  const column = (width - left - right) / Math.max(1, tokens.length);
  // Upright where they would stand on one another.
  const slant = column < type * 1.4 ? 90 : 52;
  const longest = Math.max(1, ...tokens.map(({ length }) => length));
  const top = widthOf(longest, type, 'label') * Math.sin((slant * Math.PI) / 180) + type * 1.1;
  const row = Math.min(type * 1.9, (type * 27) / Math.max(1, rows.length));
  const gap = Math.max(1, Math.min(3, row * 0.16));
  const inset = Math.max(0.5, Math.min(2, column * 0.08));
  const yOf = (i: number) => top + i * row;
  const cell = (place: number, y: number, height: number): Box => ({
    x: left + place * column + inset,
    y,
    width: column - 2 * inset,
    height,
  });
  const step = [1, 2, 5, 10, 20].find((n) => n * row >= type * 1.15) ?? 20;
  const threadsAt = left + tokens.length * column + 3;
  const middle = (i: number) => yOf(i) + row / 2;
  const kinds = alike(sameAs);
  const apart = Math.min(type * 1.2, (right - 4) / Math.max(1, kinds.length));
  const below = yOf(rows.length) + type * 0.9;
  const tall = type * 1.1;
  const asked = everAsked({ rows });
  return {
    type,
    left,
    column,
    top,
    slant,
    row,
    labels: rows.flatMap((_, i) =>
      (i + 1) % step === 0 || (i === 0 && (step - 1) * row >= type * 1.15) ? [{ i, y: middle(i) + type * 0.34 }] : [],
    ),
    bands: rows.map((_, i) => ({
      x: left,
      y: yOf(i) + gap / 2,
      width: tokens.length * column,
      height: row - gap,
    })),
    cells: rows.map(({ holes }, i) =>
      holes.map(({ place, kind }) => ({ ...cell(place, yOf(i) + gap / 2, row - gap), kind })),
    ),
    threads: kinds.map((kind, lane) => ({ x: threadsAt + (lane + 0.5) * apart, beads: kind.map(middle) })),
    bead: Math.min(type * 0.28, apart * 0.36, row * 0.42),
    ever: tokens.map((_, place) => ({ ...cell(place, below, tall), was: asked.has(place) })),
    bar: { x: left, y: below + tall + type * 0.9, width: tokens.length * column, height: type * 1.1 },
    height: below + tall + type * 5.2,
  };
}
