import type { Rng } from '../core/rng.ts';
import type { Chip } from '../figures/chips.ts';
import type { Document, Vocabulary } from '../text/document.ts';

export interface Row {
  readonly label: string;
  readonly chips: readonly Chip[];
  /** The chip that is asked about. */
  readonly current?: number;
  /** Its chips are facts, not tokens at places: no numbers stand below them. */
  readonly areFacts?: boolean;
}

export interface Option {
  readonly text?: string;
  readonly chips?: readonly Chip[];
}

/** One question made from a draw: what is shown, what is asked, and what is shown once it is answered. */
export interface Question {
  readonly prompt: string;
  readonly rows: readonly Row[];
  readonly ask:
    | { readonly form: 'choice'; readonly options: readonly Option[]; readonly right: number }
    /** Places of the last row. */
    | { readonly form: 'places'; readonly right: readonly number[] };
  readonly answer: Row;
  readonly why: string;
}

/** A question that was not answered rightly, counted from 1. */
export interface Miss extends Pick<Question, 'prompt' | 'why'> {
  readonly number: number;
}

/** What questions are made from. */
export interface QuizText {
  readonly documents: readonly Document[];
  readonly vocabulary: Vocabulary;
}

/** The questions of an objective, which brings them as `quiz.ts` in `stages/<its id>`. */
export interface Quiz {
  /** The kinds of questions in the order they are asked; the same stream gives the same question. */
  readonly makers: Readonly<Record<string, (text: QuizText, rng: Rng) => Question>>;
}

/** Question `number` of a quiz: its kinds come in turn, each time from a fresh stream. */
export function questionAt({ makers }: Quiz, number: number, text: QuizText, rng: Rng): Question | undefined {
  const kinds = Object.values(makers);
  return kinds[number % kinds.length]?.(text, rng.fork(`quiz ${number}`));
}

/** Whether an answer is right: the number of an option, or the places in any order. */
export function isRight({ ask }: Question, chosen: readonly number[]): boolean {
  const right = ask.form === 'choice' ? [ask.right] : ask.right;
  return chosen.length === right.length && right.every((one) => chosen.includes(one));
}

/** A list in a random order. */
export const shuffled = <T>(list: readonly T[], rng: Rng): T[] => rng.permutation(list.length).map((i) => list[i] as T);

/** Places in words: `4, 7 and 9`. */
export const inWords = (numbers: readonly number[]): string =>
  numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;

/** One right answer among wrong ones, in a random order. */
export function choice(right: Option, wrong: readonly Option[], rng: Rng): Question['ask'] {
  const options = shuffled([right, ...wrong], rng);
  return { form: 'choice', options, right: options.indexOf(right) };
}
