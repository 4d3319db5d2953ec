import { AppError } from '../../core/errors.ts';
import type { Document } from '../../text/document.ts';
import type { Origin, Pairing, Passage } from '../objective.ts';
import { createTape, type Recorder, type Taped, taped } from '../tape.ts';
import { facts, type PackedOptions } from './facts.ts';
import { type Row, rowsOf } from './rows.ts';

/** Which of the `rows` of a pass, and what it holds. */
type PackedStep = Row & {
  readonly kind: 'row';
  readonly about: 0;
  readonly row: number;
  readonly rows: number;
  readonly chance: number;
};

export type PackedDraws = Taped<PackedStep>;

const isSame = ({ pieces, breaks }: Row, other: Row | undefined): boolean =>
  JSON.stringify({ pieces, breaks }) === JSON.stringify(other);

const record: Recorder<readonly Document[], PackedOptions, PackedStep> = (documents, options, _, rng, held) => {
  const rows = rowsOf(documents, options);
  if (rows.length === 0) {
    throw new AppError('bad-text', 'The text has no sentence to fill a row with; choose or paste some text.', 'text');
  }
  const tape = createTape(held);
  tape.take(
    'row',
    0,
    () => {
      const row = rng.int(rows.length);
      return { kind: 'row', about: 0, row, rows: rows.length, ...rows[row]!, chance: 1 / rows.length };
    },
    (step) => step.rows === rows.length && isSame(step, rows[step.row]),
  );
  return { steps: tape.steps };
};

/** What a row holds as a passage. */
export function passageOf(documents: readonly Document[], { pieces, breaks }: Row): Passage {
  const a = pieces.flatMap(({ document, first, last, skip, length }) =>
    documents[document]!.sentences.slice(first, last + 1)
      .flat()
      .slice(skip, skip + length),
  );
  const origin = pieces.map(({ length: _, ...from }): Origin => from);
  return { a, origin, breaks };
}

function apply(documents: readonly Document[], { steps: [step] }: PackedDraws): Passage {
  return step ? passageOf(documents, step) : { a: [] };
}

const inWords = ({ document, first, last, skip }: Origin): string =>
  `${first === last ? `sentence ${first + 1}` : `sentences ${first + 1} to ${last + 1}`} of document ${document + 1}${
    skip > 0 ? `, from token ${skip + 1} on` : ''
  }`;

/**
 * Whole sentences in the order of the text until a row is full: RoBERTa's input without a pair. The rows are the same
 * in every pass, and each is as likely as another.
 */
export const objective: Pairing<PackedOptions, PackedDraws> = {
  ...facts,
  ...taped(record),
  apply,
  explain: (documents, draws) =>
    (apply(documents, draws).origin ?? []).map((origin) => ({ position: 0, kind: 'kept', text: inWords(origin) })),
  decisions: (_, { steps }) =>
    steps.map(({ row, rows, chance }) => ({
      question: 'Which row of the text?',
      answer: `${row + 1} of ${rows}`,
      position: 0,
      chance,
    })),
};
