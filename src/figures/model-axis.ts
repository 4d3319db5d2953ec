import type { Chip } from './chips.ts';
import { monoWidth } from './palette.ts';
import { boxOf, firstThatFits, type PlacedText, within } from './placed-text.ts';
import type { Column } from './strips.ts';
import { clip } from './text.ts';

/** The columns of one side, and how its chips stand in them. */
export interface Axis {
  readonly columns: readonly Column[];
  /** Whether the chips are turned by 90 degrees. */
  readonly upright: boolean;
  /** Height of a chip, of the truth above it and of the dot below. */
  readonly chip: number;
  readonly above: number;
  readonly below: number;
  /** Size of the letters. */
  readonly type: number;
}

/** The longest word of an upright chip. */
const longest = 14;
/** The narrowest column in which a letter of that size can lie on its side, by the size. */
const narrowest = 0.92;
/** Room around the letters of a chip, by the size: what it has, and what it must have before chips turn upright. */
const padding = { usual: 0.36, least: 0.1 };

const truthOf = ({ token, original }: Chip): string | undefined => (original === token ? undefined : original);

/**
 * Columns as wide as the longest token that stands there in any row, spread over `width`; where they do not fit they
 * are equal and the chips turn upright.
 */
export function layoutAxis(rows: readonly (readonly Chip[])[], left: number, width: number, type: number): Axis {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const places = Array.from({ length: count }, (_, j) => rows.flatMap((row) => row[j] ?? []));
  const truths = places.map((chips) => Math.max(0, ...chips.map((chip) => truthOf(chip)?.length ?? 0)));
  const wanted = places.map((chips, j) => {
    const token = Math.max(1, ...chips.map((chip) => chip.token.length));
    // A truth may reach over its neighbours, unless one of those has a truth as well.
    const crowded = truths[j]! > 0 && ((truths[j - 1] ?? 0) > 0 || (truths[j + 1] ?? 0) > 0);
    return Math.max(token, crowded ? truths[j]! + 0.5 : 0) * monoWidth * type;
  });
  const letterSum = wanted.reduce((total, x) => total + x, 0);
  const around = (width - letterSum) / Math.max(1, count);
  const pad = Math.min(type * padding.usual, Math.max(type * padding.least, around));
  const sum = letterSum + count * pad;
  const upright = sum > width + 0.01;
  const spare = Math.min(type * 3, (width - sum) / Math.max(1, count));
  const equal = Math.min(type * 2.2, width / Math.max(1, count));
  let x = left;
  const columns = wanted.map((wide) => {
    const column = { x, width: upright ? equal : wide + pad + spare };
    x += column.width;
    return column;
  });
  const chips = rows.flat();
  const mostLetters = Math.min(longest, Math.max(1, ...chips.map(({ token }) => token.length)));
  const reach = Math.min(longest, Math.max(0, ...truths));
  const scored = chips.some((chip) => chip.scored);
  return {
    columns,
    upright,
    chip: upright ? mostLetters * monoWidth * type + type * 0.7 : type * 1.84,
    above: reach === 0 ? 2 : upright ? reach * monoWidth * type + 5 : type * 1.25,
    below: scored ? type * 0.85 : type * 0.2,
    type,
  };
}

/** Which places can be named: all, or in too narrow upright columns those that matter, then what fits between. */
export function namedPlaces(axis: Axis, chips: readonly Chip[], chosen: number): ReadonlySet<number> {
  const step = axis.columns[0]?.width ?? 0;
  if (!axis.upright || step >= axis.type * narrowest) return new Set(chips.keys());
  const apart = Math.ceil((axis.type * narrowest) / Math.max(0.01, step));
  const weigh = (j: number) => (j === chosen ? 0 : chips[j]!.scored ? 1 : chips[j]!.mark ? 2 : 3);
  const named = new Set<number>();
  for (const j of [...chips.keys()].sort((a, b) => weigh(a) - weigh(b) || a - b)) {
    if ([...named].every((other) => Math.abs(other - j) >= apart)) named.add(j);
  }
  return named;
}

/** The token as its chip shows it. */
export const shownToken = (axis: Axis, chip: Chip): Chip => ({
  ...chip,
  token: axis.upright ? clip(chip.token, longest) : chip.token,
  original: undefined,
});

/** The truths above a flat row of chips whose boxes begin at `top`; the upright ones stand in their columns. */
export function placeTruths(axis: Axis, chips: readonly Chip[], top: number): readonly PlacedText[] {
  const ends = axis.columns.at(-1);
  const placed: PlacedText[] = [];
  chips.forEach((chip, j) => {
    const text = truthOf(chip);
    if (text === undefined) return;
    const { x, width } = axis.columns[j]!;
    const label = { x: x + width / 2, y: top - 4, size: axis.type, mono: true, colour: 'inkSoft' } as const;
    if (axis.upright) placed.push({ ...label, text: clip(text, longest) });
    else {
      const whole = within({ ...label, text, anchor: 'middle' }, axis.columns[0]!.x, ends!.x + ends!.width);
      const letters = Math.floor(width / (monoWidth * axis.type));
      const way = firstThatFits([whole, { ...label, text: clip(text, letters), anchor: 'middle' }], placed.map(boxOf));
      if (way) placed.push(way);
    }
  });
  return placed;
}
