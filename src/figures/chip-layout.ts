import type { Chip } from './chips.ts';
import { monoWidth } from './palette.ts';

/** Where a chip lies, in CSS pixels; `y` is the top of the box. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly row: number;
}
/** A run of chips of one segment in one row. */
export interface Band {
  readonly segment: 0 | 1;
  readonly x: number;
  readonly width: number;
  readonly y: number;
}
export interface ChipLayout {
  readonly placed: readonly Placed[];
  readonly bands: readonly Band[];
  readonly height: number;
  /** Height of a box, size of the small print, and how far below the box its dot, its number and its band lie. */
  readonly box: number;
  readonly small: number;
  readonly dot: number;
  readonly number: number;
  readonly band: number;
}

/** Rows of chips that fit `width`; `size` is the type size of a token. Space is kept only for what occurs. */
export function layoutChips(chips: readonly Chip[], width: number, size: number, numbered = false): ChipLayout {
  const small = Math.max(12, size * 0.75);
  const box = size * 1.9;
  const gap = size * 0.3;
  const has = (test: (chip: Chip) => unknown) => chips.some(test);
  const above =
    (has((chip) => chip.original !== undefined || chip.mark === 'removed' || chip.mark === 'inserted')
      ? small * 1.4
      : 2) + (has((chip) => chip.from !== undefined) ? size * 1.5 : 0);
  const dot = box + size * 0.5;
  const number = box + (has((chip) => chip.scored) ? size * 0.95 : size * 0.2);
  const band = number + (numbered ? small * 1.25 : 0);
  const segmented = has((chip) => chip.segment !== undefined);
  const stride = above + band + (segmented ? small * 1.25 + 8 : 0) + size * 0.5;

  const placed: Placed[] = [];
  let x = 1;
  let row = 0;
  for (const chip of chips) {
    const own = chip.mark === 'removed' ? 0 : chip.token.length * monoWidth * size + size * 0.9;
    const was = chip.original ?? (chip.mark === 'removed' ? chip.token : '');
    const chipWidth = Math.max(own, was.length * monoWidth * small + 4, chip.mark === 'removed' ? size : size * 1.7);
    const before = chip.startsDocument && x > 1 ? size : 0;
    if (x > 1 && x + before + chipWidth > width - 1) {
      x = 1;
      row++;
    } else x += before;
    placed.push({ x, y: row * stride + above, width: chipWidth, row });
    x += chipWidth + gap;
  }
  return {
    placed,
    bands: segmented ? bandsOf(chips, placed, band) : [],
    height: (row + 1) * stride,
    box,
    small,
    dot,
    number,
    band,
  };
}

function bandsOf(chips: readonly Chip[], placed: readonly Placed[], below: number): readonly Band[] {
  const bands: Band[] = [];
  chips.forEach((chip, i) => {
    const { x, y, width, row } = placed[i]!;
    const last = bands.at(-1);
    const joins =
      last && i > 0 && chips[i - 1]!.segment === chip.segment && placed[i - 1]!.row === row && !chip.startsDocument;
    if (joins) bands[bands.length - 1] = { ...last, width: x + width - last.x };
    else if (chip.segment !== undefined) bands.push({ segment: chip.segment, x, width, y: y + below });
  });
  return bands;
}

/** Slanted lines that fill a box: a hatching that needs no pattern and so no id. */
export function hatch(x: number, y: number, width: number, height: number, step: number): string {
  let path = '';
  for (let s = step; s < width + height; s += step) {
    const x0 = x + Math.max(0, s - height);
    const y0 = y + Math.min(height, s);
    const x1 = x + Math.min(width, s);
    const y1 = y + Math.max(0, s - width);
    path += `M${x0.toFixed(1)},${y0.toFixed(1)}L${x1.toFixed(1)},${y1.toFixed(1)}`;
  }
  return path;
}
