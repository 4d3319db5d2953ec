import { AppError } from '../../core/errors.ts';
import type { Document } from '../../text/document.ts';
import type { Field, PairingOptions } from '../objective.ts';
import { maxLengthField } from '../options.ts';
import { filledIn } from '../places.ts';

export type PairOptions = PairingOptions & {
  /** `clean`: as the paper describes it; `reference`: as the published code does it, quirks included. */
  readonly mode: 'clean' | 'reference';
  /** Sentences a segment; 0 fills the sequence and cuts it at random. */
  readonly sentencesPerSegment: number;
  /** How often a shorter length is aimed at. Devlin et al. 2019, appendix A.2. */
  readonly shortRate: number;
};

export const pairDefaults: PairOptions = { maxLength: 64, mode: 'clean', sentencesPerSegment: 0, shortRate: 0.1 };

export const pairFields: readonly Field<PairOptions>[] = [
  maxLengthField,
  {
    key: 'sentencesPerSegment',
    label: 'Sentences a segment',
    hint: '0 fills the sequence and cuts it at random.',
    kind: 'count',
    min: 0,
    max: 16,
    when: ({ mode }) => mode === 'clean',
  },
  {
    key: 'shortRate',
    label: 'Short pairs',
    hint: 'How often a shorter pair is made.',
    kind: 'rate',
    when: ({ mode, sentencesPerSegment }) => mode === 'reference' || sentencesPerSegment === 0,
  },
  {
    key: 'mode',
    label: 'Procedure',
    hint: 'As described, any sentence may begin a pair; as published, documents are gone through in order.',
    kind: 'choice',
    choices: [
      { value: 'clean', label: 'as described' },
      { value: 'reference', label: 'as published' },
    ],
  },
];

/** Throws `AppError('bad-text')` unless some document can be split in two. */
export function requirePairs(documents: readonly Document[], what: string): void {
  if (documents.some(({ sentences }) => sentences.length > 1)) return;
  const message = `${what} needs a document of at least two sentences, and this text has none; add sentences to it.`;
  throw new AppError('bad-text', message, 'text');
}

/** Throws `AppError('bad-text')` unless some document has text. The published code makes pairs even of one document. */
export function requireText(documents: readonly Document[], what: string): void {
  if (filledIn(documents).total > 0) return;
  throw new AppError(
    'bad-text',
    `${what} needs a text, and this one has no sentence; choose or paste another.`,
    'text',
  );
}

/** Throws `AppError('bad-text')` unless there are two documents with text. */
export function requireTwoDocuments(documents: readonly Document[], what: string): void {
  const count = filledIn(documents).total;
  if (count > 1) return;
  throw new AppError(
    'bad-text',
    `${what} takes half of its second segments from another document, and this text has ${count}; separate documents by an empty line.`,
    'text',
  );
}
