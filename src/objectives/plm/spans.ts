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
export function drawSpans(
  tape: Tape<PlmStep>,
  { words, goal, from }: Stretch,
  options: SpanOptions,
  rng: Rng,
): number[] {
  const weights = spanWeights(options.maxSpan);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const marked = new Set<number>();
  let at = 0;
  for (let about = from; at < words.length && marked.size < goal; about++) {
    const start = at;
    const left = goal - marked.size;
    const context = (size: number) => Math.max(1, Math.floor((size * options.maskAlpha) / options.maskBeta));
    const place = (size: number, offset: number): StepOf<PlmStep, 'span'> => {
      const positions = run(words, start + offset, size, left);
      return { kind: 'span', about, size, offset, positions, chance: weights[size - 1]! / total / context(size) };
    };
    const span = tape.take(
      'span',
      about,
      (misfit) => {
        if (misfit) return place(misfit.size, misfit.offset);
        const size = rng.pick(weights) + 1;
        return place(size, rng.int(context(size)));
      },
      (step) =>
        step.size <= options.maxSpan && place(step.size, step.offset).positions.join() === step.positions.join(),
    );
    for (const position of span.positions) marked.add(position);
    at += context(span.size) + span.size;
  }
  fill(tape, { words, goal, from }, marked, rng);
  return [...marked];
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
