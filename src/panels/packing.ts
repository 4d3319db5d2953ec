import { createRng } from '../core/rng.ts';
import type { PackedPiece, PackedRow } from '../figures/packing.ts';
import { facts as nspFacts } from '../objectives/nsp/facts.ts';
import { objective as nsp } from '../objectives/nsp/index.ts';
import type { Passage } from '../objectives/objective.ts';
import { facts } from '../objectives/packed/facts.ts';
import { objective as packed, passageOf } from '../objectives/packed/index.ts';
import { rowsOf } from '../objectives/packed/rows.ts';
import type { Document, Vocabulary } from '../text/document.ts';

/** How a text becomes rows: Liu et al. 2019, §4.2. */
export const formats = [
  { value: 'pair', label: 'two halves' },
  { value: 'full', label: 'packed' },
  { value: 'document', label: 'packed, one document' },
] as const;
export type Format = (typeof formats)[number]['value'];

export const isFormat = (value: unknown): value is Format => formats.some((format) => format.value === value);

/** What rows are made with. */
export interface PackingChoice {
  readonly format: Format;
  /** Places a row. */
  readonly length: number;
  readonly seed: string;
  /** How often other rows were asked for. */
  readonly draw: number;
}

/** What stands between the special tokens of a row, piece by piece. */
function rowOf({ a, b, origin = [] }: Passage, documents: readonly Document[], { tokens }: Vocabulary): PackedRow {
  const spell = (ids: readonly number[]) => ids.map((id) => tokens[id] ?? '?');
  if (b) {
    const [first, second] = origin;
    return {
      pieces: [
        { document: first!.document, tokens: spell(a), segment: 0 },
        { document: second!.document, tokens: spell(b), segment: 1 },
      ],
    };
  }
  let at = 0;
  return {
    pieces: origin.map(({ document, first, last, skip }): PackedPiece => {
      const whole = documents[document]!.sentences.slice(first, last + 1).reduce((sum, { length }) => sum + length, 0);
      const end = Math.min(a.length, at + whole - skip);
      const piece = { document, tokens: spell(a.slice(at, end)), segment: 0 as const };
      at = end;
      return piece;
    }),
  };
}

/** As many rows of one text: drawn pairs, or rows of a pass that follow one another, the first of them drawn. */
export function makeRows(
  documents: readonly Document[],
  vocabulary: Vocabulary,
  { format, length, seed, draw }: PackingChoice,
  count: number,
): readonly PackedRow[] {
  const rng = createRng(seed).fork(`rows ${draw}`);
  if (format === 'pair') {
    const options = { ...nspFacts.defaults, maxLength: length };
    return Array.from({ length: count }, (_, i) => {
      const draws = nsp.draw(documents, options, vocabulary, rng.fork(`pair ${i}`));
      return rowOf(nsp.apply(documents, draws), documents, vocabulary);
    });
  }
  const options = { ...facts.defaults, maxLength: length, format };
  const all = rowsOf(documents, options);
  const [drawn] = packed.draw(documents, options, vocabulary, rng).steps;
  const first = Math.max(0, Math.min(drawn!.row, all.length - count));
  return all.slice(first, first + count).map((one) => rowOf(passageOf(documents, one), documents, vocabulary));
}
