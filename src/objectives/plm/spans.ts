import type { Rng } from '../../core/rng.ts';
import type { StepOf, Tape } from '../tape.ts';
import type { PlmOptions } from './options.ts';
import type { PlmStep } from './steps.ts';

/** A stretch of words to choose from: each word is the places of its tokens. */
export interface Stretch {
  readonly words: readonly (readonly number[])[];
  /** Tokens to be predicted. */
  readonly goal: number;
  /** Number of the first span and filler, so that two stretches on one tape do not share names. */
  readonly from: number;
}

type SpanOptions = Pick<PlmOptions, 'maxSpan' | 'maskAlpha' | 'maskBeta'>;

export const spanWeights = (maxSpan: number): number[] => Array.from({ length: maxSpan }, (_, k) => 1 / (k + 1));

/**
 * Spans of n words, n in proportion to 1/n, each somewhere within its own context of n · alpha / beta words; then
 * single words until the goal is reached. After XLNet's `_sample_mask`, but n counts whole words and never crosses
 * into another segment, and a span that would overshoot the goal is shortened.
 */
export function drawSpans(tape: Tape<PlmStep>, stretch: Stretch, options: SpanOptions, rng: Rng): number[] {
  const { words, goal, from } = stretch;
  const marked = new Set<number>();
  for (let at = 0, about = from; at < words.length && marked.size < goal; about++) {
    const { size, positions } = drawSpan(tape, { words, about, at, left: goal - marked.size }, options, rng);
    for (const position of positions) marked.add(position);
    at += contextOf(size, options) + size;
  }
  fill(tape, stretch, marked, rng);
  return [...marked];
}

/** Words of context around a span of `size`. */
const contextOf = (size: number, { maskAlpha, maskBeta }: SpanOptions): number =>
  Math.max(1, Math.floor((size * maskAlpha) / maskBeta));

interface SpanPlace {
  readonly words: Stretch['words'];
  readonly about: number;
  /** The word with which its context begins. */
  readonly at: number;
  /** Tokens that are still to be predicted. */
  readonly left: number;
}

/** A span within its context. One that is held keeps its length and offset where something else is left of it. */
function drawSpan(
  tape: Tape<PlmStep>,
  { words, about, at, left }: SpanPlace,
  options: SpanOptions,
  rng: Rng,
): StepOf<PlmStep, 'span'> {
  const weights = spanWeights(options.maxSpan);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spanOf = (size: number, offset: number): StepOf<PlmStep, 'span'> => {
    const positions = run(words, at + offset, size, left);
    const chance = weights[size - 1]! / total / contextOf(size, options);
    return { kind: 'span', about, size, offset, positions, chance };
  };
  return tape.take(
    'span',
    about,
    (misfit) => {
      if (misfit) return spanOf(misfit.size, misfit.offset);
      const size = rng.pick(weights) + 1;
      return spanOf(size, rng.int(contextOf(size, options)));
    },
    ({ size, offset, positions }) =>
      size <= options.maxSpan && spanOf(size, offset).positions.join() === positions.join(),
  );
}

/** `size` words from word `first` on, as many as stand together and take at most `most` tokens. */
function run(words: Stretch['words'], first: number, size: number, most: number): readonly number[] {
  const positions: number[] = [];
  for (const word of words.slice(first, first + size)) {
    const isApart = positions.length > 0 && word[0] !== positions[positions.length - 1]! + 1;
    if (isApart || positions.length + word.length > most) break;
    positions.push(...word);
  }
  return positions;
}

/** Single words that fit, until the goal is reached or none fits. */
function fill(tape: Tape<PlmStep>, { words, goal, from }: Stretch, marked: Set<number>, rng: Rng): void {
  const wordAt = new Map(words.map((word) => [word[0]!, word]));
  const fits = (word: readonly number[]) => word.length <= goal - marked.size && !marked.has(word[0]!);
  for (let about = from; marked.size < goal; about++) {
    const open = words.filter(fits).map(([first]) => first!);
    if (open.length === 0) return;
    const { positions } = tape.choose('filler', about, {
      open,
      of: ({ at }) => at,
      make: (at) => ({ kind: 'filler', about, at, positions: wordAt.get(at)!, chance: 1 / open.length }),
      rng,
    });
    for (const position of positions) marked.add(position);
  }
}
