import type { Table } from './table.ts';
import { lettersIn, widthOf } from './text.ts';

/** What is left open of a text, in bits: the mean over texts, and its standard error. */
export interface Bits {
  readonly name: string;
  readonly bits: number;
  readonly error: number;
}

export const bitsText = ({ bits, error }: Bits): string => `${bits.toFixed(2)} ± ${error.toFixed(2)} bits`;

/** One sentence that is true of the bars. */
export const describeBits = (rows: readonly Bits[]): string =>
  `Bits that are left open, a text: ${rows.map((row) => `${row.name} ${bitsText(row)}`).join('; ')}.`;

export const tabulateBits = (rows: readonly Bits[]): Table => ({
  columns: ['Noise', 'Bits a text', 'Standard error'],
  rows: rows.map(({ name, bits, error }) => [name, bits.toFixed(2), error.toFixed(2)]),
});

export interface BitsLayout {
  readonly bars: readonly {
    readonly name: string;
    readonly y: number;
    readonly length: number;
    readonly text: string;
  }[];
  readonly left: number;
  /** Whether a name stands above its bar. */
  readonly narrow: boolean;
  readonly thick: number;
  /** So many letters of a name fit. */
  readonly letters: number;
  readonly height: number;
}

/** Bars from nought, the longest as long as there is room beside its number. */
export function layoutBits(rows: readonly Bits[], width: number, size: number): BitsLayout {
  const narrow = width < 480;
  const longest = Math.max(1, ...rows.map(({ name }) => name.length));
  const left = narrow ? 0 : Math.min(width * 0.45, widthOf(longest, size, 'label') + size);
  const numbers = Math.max(0, ...rows.map((row) => bitsText(row).length));
  const room = width - left - widthOf(numbers, size, 'label') - size;
  const most = Math.max(1e-9, ...rows.map(({ bits }) => bits));
  const line = size * (narrow ? 3.6 : 3);
  return {
    bars: rows.map((row, i) => ({
      name: row.name,
      y: i * line + (narrow ? size * 1.5 : size * 0.6),
      length: Math.max(1, (row.bits / most) * room),
      text: bitsText(row),
    })),
    left,
    narrow,
    thick: size * 1.8,
    letters: lettersIn(narrow ? width : left, size, 'text'),
    height: rows.length * line + size * 0.4,
  };
}
