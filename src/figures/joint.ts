import { monoWidth } from './palette.ts';
import { listed, percent, type Table } from './table.ts';

/** Two holes: how probable each pair of words is, read together, and each word by itself. */
export interface Joint {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** P(row), P(column): each guessed alone. */
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** P(row, column): both guessed together, a row a first word. */
  readonly joint: readonly (readonly number[])[];
  /** Which pair stood there. */
  readonly truth?: readonly [number, number];
}

/** What guessing each alone gives a pair: the product. */
export const productOf = ({ first, second }: Joint): readonly (readonly number[])[] =>
  first.map((p) => second.map((q) => p * q));

/** The share of the product that goes to pairs which cannot be. */
export const strayShare = (joint: Joint): number =>
  productOf(joint).reduce(
    (sum, row, i) => sum + row.reduce((part, share, j) => part + (joint.joint[i]![j] === 0 ? share : 0), 0),
    0,
  );

/** Doubt in bits: −Σ p log₂ p. */
export const bitsOf = (shares: readonly (readonly number[])[]): number =>
  shares.flat().reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0);

/**
 * Doubt in bits along an order: at the word predicted first, and at the other with the first in sight; which is first
 * counts from 0. In either order the sum is that of both together: the chain rule.
 */
export function chainBits({ joint, first, second }: Joint, firstRead: 0 | 1): readonly [number, number] {
  const begun = bitsOf([firstRead === 0 ? first : second]);
  return [begun, Math.max(0, bitsOf(joint) - begun)];
}

/** A share in percent as it fits a cell: two digits that count. */
export function cellText(share: number): string {
  const value = share * 100;
  if (value === 0) return '0';
  if (value < 0.1) return '< .1';
  return value < 9.95 ? value.toFixed(1) : String(Number(value.toPrecision(3)));
}

/** One sentence that is true of the two tables. */
export function describeJoint(joint: Joint): string {
  const pairs = joint.joint.flatMap((row, i) =>
    row.flatMap((share, j) => (share > 0 ? [{ words: `${joint.rows[i]} ${joint.columns[j]}`, share }] : [])),
  );
  const most = [...pairs].sort((a, b) => b.share - a.share).slice(0, 3);
  const said = listed(most.map(({ words, share }) => `${words} ${percent(share)}`));
  return (
    `Together ${pairs.length} of ${joint.rows.length * joint.columns.length} pairs are possible, ` +
    `among them ${said}; guessed alone, ${cellText(strayShare(joint))} % of the belief goes to pairs that are not.`
  );
}

/** A row a pair. */
export const tabulateJoint = (joint: Joint): Table => {
  const product = productOf(joint);
  return {
    columns: ['First', 'Second', 'Together', 'Each alone'],
    rows: joint.rows.flatMap((first, i) =>
      joint.columns.map((second, j) => [
        first,
        second,
        `${cellText(joint.joint[i]![j]!)} %`,
        `${cellText(product[i]![j]!)} %`,
      ]),
    ),
  };
};

export interface JointLayout {
  readonly cell: number;
  /** Height of a cell. */
  readonly line: number;
  /** Size of the letters. */
  readonly type: number;
  /** Corners of the two tables' cells. */
  readonly corners: readonly { readonly x: number; readonly y: number }[];
  /** Whether numbers fit into the cells. */
  readonly isRoomy: boolean;
  readonly height: number;
}

/** Two tables side by side, or one below the other where there is no room for both. */
export function layoutJoint(joint: Joint, width: number, size: number): JointLayout {
  const type = Math.max(12, size * 0.85);
  const reach = (words: readonly string[]) => Math.max(...words.map(({ length }) => length)) * monoWidth * type + 10;
  const [left, above] = [reach(joint.rows), reach(joint.columns) + size * 2];
  const gap = size * 1.6;
  const fits = (room: number) => Math.min(size * 3.4, (room - left - 2) / joint.columns.length);
  const texts = [...joint.joint, ...productOf(joint)].flat().map(cellText);
  const least = Math.max(...texts.map(({ length }) => length)) * monoWidth * type + 2;
  const isBeside = fits((width - gap) / 2) >= least;
  const cell = isBeside ? fits((width - gap) / 2) : fits(width);
  const line = size * 1.9;
  const tall = above + line * joint.rows.length;
  const corners = isBeside
    ? [
        { x: left, y: above },
        { x: left * 2 + cell * joint.columns.length + gap, y: above },
      ]
    : [
        { x: left, y: above },
        { x: left, y: above + tall + gap },
      ];
  return { cell, line, type, corners, isRoomy: cell >= least, height: (isBeside ? tall : tall * 2 + gap) + 3 };
}
