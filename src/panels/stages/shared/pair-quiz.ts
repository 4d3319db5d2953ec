import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import { type AnyPairing, pairings } from '../../../objectives/catalog.ts';
import type { Passage } from '../../../objectives/objective.ts';
import { completeOptions } from '../../../objectives/options.ts';
import type { PairDraws } from '../../../objectives/pairs/steps.ts';
import type { Vocabulary } from '../../../text/document.ts';
import type { Option, QuizText, Row } from '../../quiz.ts';

/** A pair as it was drawn: the draws, and the two segments with their label. */
export interface DrawnPair {
  readonly draws: PairDraws;
  readonly passage: Passage;
}

/** Draws until a pair is of the wanted kind; which it is within a few dozen draws. */
export function drawPair(
  id: 'nsp' | 'sop',
  { documents, vocabulary }: QuizText,
  options: object,
  rng: Rng,
  fits: (pair: DrawnPair) => boolean = () => true,
): DrawnPair {
  const pairing: AnyPairing = pairings[id]!;
  const complete = completeOptions(pairing, options);
  for (let i = 0; ; i++) {
    const draws = pairing.draw(documents, complete, vocabulary, rng.fork(`draw ${i}`)) as PairDraws;
    const pair = { draws, passage: pairing.apply(documents, draws) };
    if (fits(pair) || i >= 500) return pair;
  }
}

/** One sentence a segment, as in the lessons about pairs. */
export const oneSentence = { sentencesPerSegment: 1, maxLength: 64 };

export const chipsOf = (ids: readonly number[], { tokens }: Vocabulary, segment?: 0 | 1): Chip[] =>
  ids.map((id) => ({ token: tokens[id] ?? '', segment }));

/** The pair without its frame. */
export const pairChips = ({ passage: { a, b = [] } }: DrawnPair, vocabulary: Vocabulary): Chip[] => [
  ...chipsOf(a, vocabulary, 0),
  ...chipsOf(b, vocabulary, 1),
];

export const pairRow = (pair: DrawnPair, vocabulary: Vocabulary, label = 'A, then B'): Row => ({
  label,
  chips: pairChips(pair, vocabulary),
});

/** The first of some words that a segment has. */
export const wordIn = (ids: readonly number[], words: readonly string[], { tokens }: Vocabulary): string | undefined =>
  ids.map((id) => tokens[id] ?? '').find((word) => words.includes(word));

export const textOf = (text: string): Option => ({ text });
