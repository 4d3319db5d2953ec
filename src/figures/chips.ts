import { counted, listed, type Table } from './table.ts';

/** What happened to a token; absent means nothing did. */
export type Mark = 'hidden' | 'replaced' | 'kept' | 'substituted' | 'removed' | 'inserted' | 'moved';

/** One token of a row, with what happened to it. */
export interface Chip {
  readonly token: string;
  readonly mark?: Mark;
  /** What stood here before. */
  readonly original?: string;
  /** Whether the loss is taken here. */
  readonly scored?: boolean;
  /** Whether it is one of the tokens that carry no text, such as `[SEP]`. */
  readonly special?: boolean;
  readonly segment?: 0 | 1;
  /** Whether a new document begins here. */
  readonly startsDocument?: boolean;
  /** Whether a new segment begins here, of a text that is otherwise read in one go. */
  readonly startsSegment?: boolean;
  /** Where a moved chip came from: an index into the same row. */
  readonly from?: number;
  /** A sentence for the tooltip. */
  readonly detail?: string;
}

const happened: Readonly<Record<Mark, string>> = {
  hidden: 'hidden behind a mask',
  replaced: 'replaced at random',
  kept: 'chosen but kept',
  substituted: 'substituted by the generator',
  removed: 'removed',
  inserted: 'inserted',
  moved: 'moved',
};

/** A chip in words: `position 5: [MASK], was cat, hidden behind a mask, bears loss`. */
export function nameChip(chip: Chip, index: number): string {
  return [
    `position ${index}: ${chip.token}`,
    chip.original !== undefined && chip.original !== chip.token && `was ${chip.original}`,
    chip.mark && happened[chip.mark],
    chip.scored && 'bears loss',
    chip.startsDocument && 'a new document begins here',
    chip.startsSegment && 'a new segment begins here',
  ]
    .filter(Boolean)
    .join(', ');
}

/** One sentence that is true of the row. */
export function describeChips(chips: readonly Chip[]): string {
  const marks = (Object.keys(happened) as Mark[])
    .map((mark) => [chips.filter((chip) => chip.mark === mark).length, happened[mark]] as const)
    .filter(([n]) => n > 0)
    .map(([n, words]) => `${n} ${words}`);
  const scored = chips.flatMap((chip, i) => (chip.scored ? [i] : []));
  const loss =
    scored.length === 0
      ? 'none bears loss'
      : scored.length > 8
        ? `${scored.length} bear loss`
        : `loss at ${scored.length === 1 ? 'position' : 'positions'} ${listed(scored)}`;
  return `${counted(chips.length, 'token')}: ${[...(marks.length > 0 ? marks : ['all untouched']), loss].join(', ')}.`;
}

/** A row a token. */
export const tabulateChips = (chips: readonly Chip[]): Table => ({
  columns: ['Position', 'Token', 'Was', 'What happened', 'Bears loss', 'Segment'],
  rows: chips.map((chip, i) => [
    i,
    chip.token,
    chip.original ?? chip.token,
    chip.mark ? happened[chip.mark] : 'untouched',
    chip.scored ? 'yes' : 'no',
    chip.segment === undefined ? '' : chip.segment === 0 ? 'A' : 'B',
  ]),
});
