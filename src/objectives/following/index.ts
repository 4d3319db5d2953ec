import type { Document } from '../../text/document.ts';
import { roomFor } from '../frame.ts';
import type { Origin, Pairing, Passage, Turn } from '../objective.ts';
import { createTape, type Recorder, type StepOf, type Taped, taped } from '../tape.ts';
import { type FollowingOptions, facts } from './facts.ts';
import { originsOf, readingAt, textBefore, textOf, tokensFor } from './stream.ts';

type FollowingStep =
  /** Which of the rows that read side by side, each in its own share of the text. */
  | { readonly kind: 'row'; readonly about: 0; readonly row: number; readonly rows: number; readonly chance?: number }
  /** Which of the `windows` of that share: `length` tokens from token `start` of all documents on. */
  | {
      readonly kind: 'window';
      readonly about: 0;
      readonly window: number;
      readonly windows: number;
      readonly start: number;
      readonly length: number;
      /** Where the row began to read, if it has come to this window by reading on. */
      readonly from?: number;
      readonly chance?: number;
    };

export type FollowingDraws = Taped<FollowingStep>;

/** Rows that read side by side where there is no batch to say so. */
const usualRows = 8;

/** The window whose turn it is, of a text of `tokens` tokens. */
function windowStep(tokens: number, at: Turn, options: FollowingOptions): StepOf<FollowingStep, 'window'> {
  const { count, start, length } = readingAt(tokens, at, roomFor(1, options));
  return { kind: 'window', about: 0, window: at.turn % count, windows: count, start, length };
}

function follow(documents: readonly Document[], options: FollowingOptions, at: Turn): FollowingDraws {
  const { row, rows } = at;
  const tokens = tokensFor(documents, rows);
  const { first } = readingAt(tokens, at, roomFor(1, options));
  return {
    steps: [
      { kind: 'row', about: 0, row, rows },
      { ...windowStep(tokens, at, options), from: first },
    ],
  };
}

/** A row and a window of it, for an example by itself. */
const record: Recorder<readonly Document[], FollowingOptions, FollowingStep> = (documents, options, _, rng, held) => {
  const tape = createTape(held);
  const tokens = tokensFor(documents, 1);
  const rows = Math.min(usualRows, tokens);
  const { row } = tape.take(
    'row',
    0,
    () => ({ kind: 'row', about: 0, row: rng.int(rows), rows, chance: 1 / rows }),
    (step) => step.rows === rows,
  );
  const stepAt = (turn: number) => windowStep(tokens, { row, rows, turn }, options);
  const { windows } = stepAt(0);
  tape.take(
    'window',
    0,
    () => ({ ...stepAt(rng.int(windows)), chance: 1 / windows }),
    ({ window, start, length }) => {
      const same = stepAt(window);
      return window < windows && start === same.start && length === same.length;
    },
  );
  return { steps: tape.steps };
};

function apply(documents: readonly Document[], { steps }: FollowingDraws): Passage {
  const window = steps.find((step) => step.kind === 'window');
  if (!window) return { a: [] };
  const { start, length, from } = window;
  const origin = originsOf(documents, window);
  const before = from === undefined ? undefined : textBefore(documents, origin[0]!, start - from);
  const [next] = textOf(documents, originsOf(documents, { start: start + length, length: 1 }));
  return { a: textOf(documents, origin).slice(0, length), origin, before, next };
}

const inWords = ({ document, first, last }: Origin): string =>
  `${first === last ? `sentence ${first + 1}` : `sentences ${first + 1} to ${last + 1}`} of document ${document + 1}`;

/** Each row goes on where it stopped in the step before, so that a model that keeps its states can use them. */
export const objective: Pairing<FollowingOptions, FollowingDraws> = {
  ...facts,
  ...taped(record),
  follow,
  apply,
  explain: (documents, draws) =>
    (apply(documents, draws).origin ?? []).map((origin) => ({ position: 0, kind: 'kept', text: inWords(origin) })),
  decisions: (_, { steps }) =>
    steps.map((step) =>
      step.kind === 'row'
        ? { question: 'Which row?', answer: `${step.row + 1} of ${step.rows}`, chance: step.chance }
        : {
            question: 'How far has it read?',
            answer: `window ${step.window + 1} of ${step.windows}`,
            position: 0,
            chance: step.chance,
          },
    ),
};
