import { attention, palette } from './palette.ts';
import { listed, percent, type Table } from './table.ts';
import { widthOf } from './text.ts';

/** What one kind of word in a pair says about a yes-or-no question. */
export interface Clue {
  /** `place` */
  readonly name: string;
  /** Its words in A and in B. */
  readonly a: readonly string[];
  readonly b: readonly string[];
  /** By how much it moves the odds towards yes; −∞ rules yes out, ∞ rules no out. */
  readonly bits: number;
  /** The reader may not see it. */
  readonly covered?: boolean;
}
export interface Evidence {
  /** What yes and no mean. */
  readonly yes: string;
  readonly no: string;
  readonly clues: readonly Clue[];
  /** All clues that are not covered, together: the sum of their bits, and P(yes). */
  readonly bits: number;
  readonly share: number;
  /** What is true; absent: nobody knows. */
  readonly truth?: boolean;
}

/** `+3.00 bits`, `−3.32 bits`, `0 bits`, `rules it out`. */
export function bitsText(bits: number): string {
  if (!Number.isFinite(bits)) return bits < 0 ? 'rules it out' : 'proves it';
  const text = Math.abs(bits).toFixed(2);
  return Number(text) === 0 ? '0 bits' : `${bits < 0 ? '−' : '+'}${text} bits`;
}

/** `castle | dragon, castle` */
const wordsText = ({ a, b }: Clue): string =>
  a.length + b.length === 0 ? '' : [a, b].map((words) => words.join(', ') || '–').join(' | ');

/** One sentence that is true of the evidence. */
export function describeEvidence({ yes, no, clues, bits, share, truth }: Evidence): string {
  const told = clues.map((clue) => `${clue.name} ${clue.covered ? 'covered' : bitsText(clue.bits)}`);
  const known = truth === undefined ? '' : ` True: ${truth ? yes : no}.`;
  return `Evidence for “${yes}”: ${listed(told)}. Together ${bitsText(bits)}, ${percent(share)}.${known}`;
}

export const tabulateEvidence = ({ yes, clues, bits, share }: Evidence): Table => ({
  columns: ['Clue', 'Words in A', 'Words in B', `Evidence for “${yes}”`, 'Seen'],
  rows: [
    ...clues.map((clue) => [
      clue.name,
      clue.a.join(', '),
      clue.b.join(', '),
      bitsText(clue.bits),
      clue.covered ? 'no' : 'yes',
    ]),
    ['together', '', '', `${bitsText(bits)}, ${percent(share)}`, ''],
  ],
});

/** At least so far the scale reaches to either side, in bits. */
const leastReach = 4;

export interface EvidenceRow {
  readonly name: string;
  readonly words: string;
  readonly value: string;
  readonly y: number;
  readonly bar: { readonly x: number; readonly width: number; readonly fill: string };
  /** Goes on beyond the scale: towards no or towards yes. */
  readonly beyond?: 'no' | 'yes' | undefined;
  readonly covered: boolean;
}

export interface EvidenceLayout {
  readonly rows: readonly EvidenceRow[];
  readonly total: EvidenceRow;
  /** Where evidence is weighed: its edges, and where there is none. */
  readonly from: number;
  readonly to: number;
  readonly zero: number;
  readonly top: number;
  readonly row: number;
  /** Height of a bar, and of the letters. */
  readonly bar: number;
  readonly type: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  readonly height: number;
}

/** Rows of bars around a middle line; a row's words stand above its bar. */
export function layoutEvidence({ clues, bits, share }: Evidence, width: number, size: number): EvidenceLayout {
  const type = Math.max(12, size * 0.9);
  const bar = size * 1.15;
  const row = type * 1.5 + bar + size * 0.75;
  const top = type * 2;
  const side = widthOf(13, type, 'label');
  const [from, to] = [type, width - side];
  const finite = [...clues.map((clue) => clue.bits), bits].filter(Number.isFinite).map(Math.abs);
  const reach = Math.ceil(Math.max(leastReach, ...finite) + 0.5);
  const at = (value: number) => from + ((Math.max(-reach, Math.min(reach, value)) + reach) / (2 * reach)) * (to - from);
  const zero = at(0);
  const rowOf = (
    name: string,
    words: string,
    value: number,
    text: string,
    i: number,
    covered: boolean,
  ): EvidenceRow => {
    const end = covered ? zero : at(value);
    return {
      name,
      words,
      value: text,
      y: top + i * row,
      bar: {
        x: Math.min(zero, end),
        width: Math.abs(end - zero),
        fill: value < 0 ? palette.replaced : attention(0.6),
      },
      beyond: covered || Number.isFinite(value) ? undefined : value < 0 ? 'no' : 'yes',
      covered,
    };
  };
  const step = reach > 8 ? 4 : 2;
  const marks = Array.from(
    { length: Math.floor(reach / step) * 2 + 1 },
    (_, i) => (i - Math.floor(reach / step)) * step,
  );
  const rows = clues.map((clue, i) =>
    rowOf(
      clue.name,
      wordsText(clue),
      clue.bits,
      clue.covered ? 'covered' : bitsText(clue.bits),
      i,
      clue.covered ?? false,
    ),
  );
  const total = rowOf('together', `a verdict of ${percent(share)}`, bits, bitsText(bits), clues.length + 0.25, false);
  return {
    rows,
    total,
    from,
    to,
    zero,
    top,
    row,
    bar,
    type,
    ticks: marks.map((value) => ({ at: at(value), label: value < 0 ? `−${-value}` : String(value) })),
    height: total.y + row + type * 2.8,
  };
}
