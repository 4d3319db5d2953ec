import type { Note } from '../objectives/objective.ts';
import type { Placed } from './chip-layout.ts';
import type { Mark } from './chips.ts';
import { listed } from './table.ts';
import { widthOf } from './text.ts';

/** What a mark looks like and what it means, in words; `asked` is the dot below a chip. */
const meanings: Readonly<Record<Note['kind'], { readonly looks: string; readonly says: string }>> = {
  hidden: { looks: 'filled', says: 'hidden' },
  replaced: { looks: 'hatched', says: 'replaced' },
  kept: { looks: 'underlined with dots', says: 'chosen, but kept' },
  moved: { looks: 'with a thread', says: 'moved' },
  removed: { looks: 'a wedge', says: 'removed' },
  inserted: { looks: 'under a wedge', says: 'put in' },
  asked: { looks: 'with a dot below', says: 'asked for' },
};

/** One entry of a legend: a little chip, and its words beside it. */
export interface LegendEntry {
  readonly kind: Note['kind'];
  /** Absent for what is said by a dot alone. */
  readonly mark?: Mark;
  readonly says: string;
  readonly at: Placed;
  /** Where the words begin. */
  readonly text: number;
}

export interface ChipLegendLayout {
  readonly entries: readonly LegendEntry[];
  readonly box: number;
  readonly height: number;
}

/** Entries side by side, in as many lines as `width` takes; `size` is that of the words. */
export function layoutChipLegend(kinds: readonly Note['kind'][], width: number, size: number): ChipLegendLayout {
  const box = size * 1.25;
  const line = box + size * 0.55;
  const entries: LegendEntry[] = [];
  let x = 1;
  let row = 0;
  for (const kind of kinds) {
    const { says } = meanings[kind];
    const chip = kind === 'asked' ? size * 0.7 : size * 1.9;
    const whole = chip + size * 0.45 + widthOf(says.length, size, 'label');
    if (x > 1 && x + whole > width) {
      x = 1;
      row++;
    }
    const mark = kind === 'asked' ? undefined : kind;
    entries.push({
      kind,
      mark,
      says,
      at: { x, y: row * line + 1, width: chip, row },
      text: x + chip + size * 0.45,
    });
    x += whole + size * 1.3;
  }
  return { entries, box, height: (row + 1) * line };
}

/** One sentence that is true of the legend. */
export const describeChipLegend = (kinds: readonly Note['kind'][]): string =>
  `Legend: ${listed(kinds.map((kind) => `${meanings[kind].looks}: ${meanings[kind].says}`))}.`;
