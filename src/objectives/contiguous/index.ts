import { AppError } from '../../core/errors.ts';
import type { Document } from '../../text/document.ts';
import { roomFor } from '../frame.ts';
import type { Origin, Pairing, PairingOptions, Passage } from '../objective.ts';
import { maxLengthField } from '../options.ts';
import { placesOf } from '../places.ts';
import { createTape, type Recorder, type StepOf, type Taped, taped } from '../tape.ts';

export type ContiguousOptions = PairingOptions & {
  /** Sentences a window; 0 fills the sequence. */
  readonly sentences: number;
  /** Windows may start at any sentence; otherwise they are laid end to end, and the same ones return. */
  readonly anywhere: boolean;
};

type ContiguousStep =
  | { readonly kind: 'document'; readonly about: 0; readonly document: number; readonly chance: number }
  | {
      readonly kind: 'window';
      readonly about: 0;
      readonly first: number;
      readonly last: number;
      readonly length: number;
      readonly chance: number;
    };

export type ContiguousDraws = Taped<ContiguousStep>;

/** The last sentence of the window that starts at `first`. */
function lastOf({ sentences }: Document, first: number, options: ContiguousOptions): number {
  if (options.sentences > 0) return Math.min(first + options.sentences, sentences.length) - 1;
  let used = sentences[first]!.length;
  let last = first;
  while (last + 1 < sentences.length && used + sentences[last + 1]!.length <= roomFor(1, options)) {
    last += 1;
    used += sentences[last]!.length;
  }
  return last;
}

/** Where windows of a document may start. */
function starts(document: Document, options: ContiguousOptions): number[] {
  const count = document.sentences.length;
  if (options.anywhere) {
    const fitting = options.sentences > 0 ? Math.max(1, count - options.sentences + 1) : count;
    return Array.from({ length: fitting }, (_, first) => first);
  }
  const found: number[] = [];
  for (let first = 0; first < count; first = lastOf(document, first, options) + 1) found.push(first);
  return found;
}

const record: Recorder<readonly Document[], ContiguousOptions, ContiguousStep> = (documents, options, _, rng, held) => {
  const places = placesOf(documents, 'sentences', ({ sentences }) => sentences.length);
  const { counts, total } = places;
  if (total === 0) {
    throw new AppError(
      'bad-text',
      'The text has no sentence to take a window from; choose or paste some text.',
      'text',
    );
  }
  const tape = createTape(held);
  const { document } = tape.take(
    'document',
    0,
    () => {
      const drawn = places.draw(rng);
      return { kind: 'document', about: 0, document: drawn, chance: counts[drawn]! / total };
    },
    (step) => (counts[step.document] ?? 0) > 0,
  );
  const text = documents[document]!;
  const windows = starts(text, options);
  const windowFrom = (first: number): StepOf<ContiguousStep, 'window'> => {
    const last = lastOf(text, first, options);
    const tokens = text.sentences.slice(first, last + 1).reduce((sum, sentence) => sum + sentence.length, 0);
    const length = Math.min(tokens, roomFor(1, options));
    return { kind: 'window', about: 0, first, last, length, chance: 1 / windows.length };
  };
  tape.take(
    'window',
    0,
    () => windowFrom(windows[rng.int(windows.length)]!),
    (step) => windows.includes(step.first) && JSON.stringify(windowFrom(step.first)) === JSON.stringify(step),
  );
  return { steps: tape.steps };
};

function apply(documents: readonly Document[], { steps }: ContiguousDraws): Passage {
  let document = 0;
  let passage: Passage = { a: [] };
  for (const step of steps) {
    if (step.kind === 'document') document = step.document;
    else {
      const { first, last, length } = step;
      const origin: Origin = { document, first, last, skip: 0 };
      const run = documents[document]!.sentences.slice(first, last + 1).flat();
      passage = { a: run.slice(0, length), origin: [origin] };
    }
  }
  return passage;
}

/** Whole consecutive sentences of one document as one run: RoBERTa's input without a pair. */
export const objective: Pairing<ContiguousOptions, ContiguousDraws> = {
  kind: 'pairing',
  id: 'contiguous',
  relation: 'consecutive',
  name: 'One run of text',
  summary: 'Consecutive sentences of one document, and no question about them.',
  source: { paper: 'roberta', where: '§4.2, DOC-SENTENCES' },
  defaults: { maxLength: 64, sentences: 0, anywhere: true },
  fields: [
    maxLengthField,
    { key: 'sentences', label: 'Sentences', hint: 'Sentences a window; 0 fills it.', kind: 'count', min: 0, max: 64 },
    {
      key: 'anywhere',
      label: 'Start anywhere',
      hint: 'Off: windows lie end to end, so the same ones return.',
      kind: 'flag',
    },
  ],
  ...taped(record),
  apply,
  explain: (documents, draws) => {
    const { origin } = apply(documents, draws);
    if (!origin) return [];
    return origin.map(({ document, first, last }) => ({
      position: 0,
      kind: 'kept' as const,
      text: `sentences ${first + 1} to ${last + 1} of document ${document + 1}`,
    }));
  },
  decisions: (documents, { steps }) =>
    steps.map((step) =>
      step.kind === 'document'
        ? {
            question: 'Which document?',
            answer: `${step.document + 1} of ${documents.length}`,
            chance: step.chance,
          }
        : {
            question: 'Which sentences?',
            answer: `${step.first + 1} to ${step.last + 1}`,
            position: 0,
            chance: step.chance,
          },
    ),
};
