import { AppError } from '../../core/errors.ts';
import type { Document } from '../../text/document.ts';
import { roomFor } from '../frame.ts';
import type { Origin, Pairing, Passage } from '../objective.ts';
import { placesOf } from '../places.ts';
import { createTape, type Recorder, type Taped, taped } from '../tape.ts';
import { type ContiguousOptions, facts } from './facts.ts';

type ContiguousStep =
  | { readonly kind: 'document'; readonly about: 0; readonly document: number; readonly chance: number }
  | ({ readonly kind: 'window'; readonly about: 0; readonly chance: number } & Window);

export type ContiguousDraws = Taped<ContiguousStep>;

/** Tokens of a document: `length` of them from the `skip`-th of sentence `first` on, which end in sentence `last`. */
interface Window {
  readonly first: number;
  readonly last: number;
  readonly skip: number;
  readonly length: number;
}

/** The last sentence of the run that starts at `first`. */
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

/** The run of sentences from `first` on as a window, or as several, one behind the other, where it has no room. */
function cutRun({ sentences }: Document, first: number, last: number, room: number): Window[] {
  let tokens = 0;
  for (let k = first; k <= last; k++) tokens += sentences[k]!.length;
  if (tokens <= room) return [{ first, last, skip: 0, length: tokens }];
  const lengths = sentences.slice(first, last + 1).map(({ length }) => length);
  const count = Math.ceil(tokens / room);
  const edge = (k: number) => Math.min(tokens, k * room);
  return Array.from({ length: count }, (_, k) => windowOf(lengths, first, edge(k), edge(k + 1)));
}

/** Tokens `from` … `to` − 1 of sentences so long, the first of which is sentence `first`. */
function windowOf(lengths: readonly number[], first: number, from: number, to: number): Window {
  let begin = 0;
  let skipped = 0;
  while (begin + 1 < lengths.length && skipped + lengths[begin]! <= from) skipped += lengths[begin++]!;
  let end = begin;
  let read = skipped + lengths[begin]!;
  while (end + 1 < lengths.length && read < to) read += lengths[++end]!;
  return { first: first + begin, last: first + end, skip: from - skipped, length: to - from };
}

/** All windows of a document. */
function windowsOf(document: Document, options: ContiguousOptions): Window[] {
  const room = roomFor(1, options);
  const count = document.sentences.length;
  const isWhole = options.anywhere && options.sentences > 0;
  const end = isWhole ? Math.min(count, Math.max(1, count - options.sentences + 1)) : count;
  const windows: Window[] = [];
  for (let first = 0; first < end; ) {
    const last = lastOf(document, first, options);
    windows.push(...cutRun(document, first, last, room));
    first = options.anywhere ? first + 1 : last + 1;
  }
  return windows;
}

/** How much a document counts: by its windows, or by its sentences where each may begin one. */
function weightOf(document: Document, options: ContiguousOptions): number {
  const windows = windowsOf(document, options).length;
  return options.anywhere ? Math.max(windows, document.sentences.length) : windows;
}

const isSame = (one: Window, other: Window): boolean =>
  one.first === other.first && one.last === other.last && one.length === other.length && one.skip === other.skip;

const record: Recorder<readonly Document[], ContiguousOptions, ContiguousStep> = (documents, options, _, rng, held) => {
  const { sentences, anywhere } = options;
  const kind = `windows of ${roomFor(1, options)} tokens, ${sentences} sentences, ${anywhere ? 'anywhere' : 'end to end'}`;
  const places = placesOf(documents, kind, (document) => weightOf(document, options));
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
  const windows = windowsOf(documents[document]!, options);
  tape.take(
    'window',
    0,
    () => ({ kind: 'window', about: 0, ...windows[rng.int(windows.length)]!, chance: 1 / windows.length }),
    (step) => step.chance === 1 / windows.length && windows.some((window) => isSame(window, step)),
  );
  return { steps: tape.steps };
};

function apply(documents: readonly Document[], { steps }: ContiguousDraws): Passage {
  let document = 0;
  let passage: Passage = { a: [] };
  for (const step of steps) {
    if (step.kind === 'document') document = step.document;
    else {
      const { first, last, skip, length } = step;
      const origin: Origin = { document, first, last, skip };
      const run = documents[document]!.sentences.slice(first, last + 1).flat();
      passage = { a: run.slice(skip, skip + length), origin: [origin] };
    }
  }
  return passage;
}

const inWords = ({ first, last, skip }: Pick<Window, 'first' | 'last' | 'skip'>): string =>
  `${first + 1} to ${last + 1}${skip > 0 ? `, from token ${skip + 1} on` : ''}`;

/** Whole consecutive sentences of one document as one run: RoBERTa's input without a pair. */
export const objective: Pairing<ContiguousOptions, ContiguousDraws> = {
  ...facts,
  ...taped(record),
  apply,
  explain: (documents, draws) => {
    const { origin } = apply(documents, draws);
    if (!origin) return [];
    return origin.map((one) => ({
      position: 0,
      kind: 'kept' as const,
      text: `sentences ${inWords(one)} of document ${one.document + 1}`,
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
            answer: inWords(step),
            position: 0,
            chance: step.chance,
          },
    ),
};
