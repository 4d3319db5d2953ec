import { listed, type Table } from './table.ts';
import { widthOf } from './text.ts';

/** A reader, and what each slot costs it at best or in truth. */
export interface SlotReader {
  readonly name: string;
  /** In the order of the slots. */
  readonly bits: readonly number[];
}

export interface Slots {
  readonly slots: readonly string[];
  readonly readers: readonly SlotReader[];
}

/** Sums of probabilities come out a hair beside nothing. */
export const bitsText = (bits: number): string => Math.abs(bits).toFixed(2);
export const totalOf = ({ bits }: SlotReader): number => bits.reduce((sum, one) => sum + one, 0);

/** One sentence that is true of the bars. */
export function describeSlots({ slots, readers }: Slots): string {
  const each = readers.map((reader) => {
    const parts = slots.map((slot, i) => `${slot} ${bitsText(reader.bits[i]!)}`);
    return `${reader.name}: ${bitsText(totalOf(reader))} (${listed(parts)})`;
  });
  return `Bits that are left open. ${each.join('; ')}.`;
}

export const tabulateSlots = ({ slots, readers }: Slots): Table => ({
  columns: ['Reader', ...slots, 'Together (bits)'],
  rows: readers.map((reader) => [reader.name, ...reader.bits.map(bitsText), bitsText(totalOf(reader))]),
});

export interface SlotLayout {
  readonly type: number;
  readonly left: number;
  readonly isNarrow: boolean;
  readonly thick: number;
  readonly rows: readonly {
    readonly y: number;
    readonly nameY: number;
    readonly end: number;
    readonly parts: readonly { readonly x: number; readonly width: number }[];
  }[];
  /** Where the swatch of each slot begins, and the middle of its line. */
  readonly legend: readonly { readonly x: number; readonly y: number }[];
  readonly height: number;
}

/** Parts laid end to end, all bars on one scale; a bar of nothing is a mere line. */
export function layoutSlots({ slots, readers }: Slots, width: number, size: number): SlotLayout {
  const type = Math.max(12, size * 0.9);
  const isNarrow = width < 480;
  const most = Math.max(1, ...readers.map(({ name }) => name.length));
  const left = isNarrow ? 1 : Math.min(width * 0.42, widthOf(most, type, 'label') + type);
  const room = width - left - widthOf(10, type, 'label');
  const highest = Math.max(0.01, ...readers.map(totalOf));
  const thick = size * 1.6;
  const line = isNarrow ? thick + type * 2 : thick + size * 0.9;
  const rows = readers.map((reader, r) => {
    const nameY = r * line + (isNarrow ? type : thick / 2 + type * 0.34 + 4);
    const y = r * line + (isNarrow ? type * 1.4 : 4);
    let x = left;
    const parts = reader.bits.map((bits) => {
      const part = { x, width: (Math.max(0, bits) / highest) * room };
      x += part.width;
      return part;
    });
    return { y, nameY, end: x, parts };
  });
  const legend: { x: number; y: number }[] = [];
  let [x, y] = [left, readers.length * line + type * 1.6];
  slots.forEach((slot, i) => {
    // A name that has no room left begins a line of its own.
    if (i > 0 && (isNarrow || x + widthOf(slot.length + 4, type, 'label') > width)) [x, y] = [left, y + type * 1.5];
    legend.push({ x, y });
    x += widthOf(slot.length + 6, type, 'label');
  });
  return { type, left, isNarrow, thick, rows, legend, height: y + type * 1.5 };
}
