import type { Rng } from '../../core/rng.ts';
import type { Vocabulary } from '../../text/document.ts';
import { createTape, type StepOf, type Tape } from '../tape.ts';
import { goal as goalOf, halfGoals, type PlmOptions } from './options.ts';
import { spanWeights } from './spans.ts';
import type { PlmStep } from './steps.ts';

/** XLNet's own procedure: tokens sampled, then ranks, each half for itself if the sequence is halved. */
export function published(
  ids: readonly number[],
  options: PlmOptions,
  vocabulary: Vocabulary,
  rng: Rng,
  held: readonly PlmStep[],
): readonly PlmStep[] {
  const half = options.halves ? Math.floor(ids.length / 2) : ids.length;
  const whole = goalOf(options, ids.length);
  const goals = options.halves ? halfGoals(whole) : [whole];
  const stretches = options.halves ? [ids.slice(0, half), ids.slice(half)] : [ids];
  const tapes = stretches.map((stretch, k) => createTape(heldIn(held, k * half, stretch.length)));
  stretches.forEach((stretch, k) => {
    const isStart = stretch.map((id) => !vocabulary.continues(id));
    sampleTokens(isStart, Math.min(goals[k]!, stretch.length), options, rng, tapes[k]!, k * half);
  });
  const samples = tapes.flatMap(({ steps }) => [...steps]);
  const ranks = stretches.map((stretch, k) => {
    const about = k * half;
    const functional = stretch.map((id) => id === vocabulary.separateId || id === vocabulary.classifyId);
    return tapes[k]!.take('ranks', about, () => {
      const index =
        options.order === 'identity' ? stretch.map((_, i) => i) : drawRanks(stretch.length, stretch.length, rng);
      return { kind: 'ranks', about, index, functional };
    });
  });
  return [...samples, ...ranks];
}

/** What is held of the stretch of `length` places from `from` on; of fillers there may be more than it has places. */
const heldIn = (held: readonly PlmStep[], from: number, length: number): readonly PlmStep[] =>
  held.filter((step) => {
    const place = step.kind === 'filler' ? step.at : step.about;
    return place >= from && place < from + length;
  });

type SpanOptions = Pick<PlmOptions, 'maxSpan' | 'maskAlpha' | 'maskBeta'>;

/**
 * Which tokens are sampled, in the order of draws of XLNet's `_sample_mask`. With its quirks: n counts tokens, a span
 * that reaches the end is dropped and ends the loop, and the fillers may hit any token. A held span keeps its length
 * and its offset, a held filler its place: whatever they are, the published code can draw them.
 */
export function sampleTokens(
  isStart: readonly boolean[],
  goal: number,
  options: SpanOptions,
  rng: Rng,
  tape: Tape<PlmStep> = createTape<PlmStep>([]),
  from = 0,
): boolean[] {
  const { length } = isStart;
  const sampled = isStart.map(() => false);
  let left = goal;
  const mark = (positions: readonly number[]) => {
    for (const position of positions) sampled[position - from] = true;
    left -= positions.length;
  };
  for (let at = 0, about = from; at < length && left > 0; about++) {
    const { step, next } = drawSpan(tape, { isStart, at, left, about, from }, options, rng);
    if (step.positions.length === 0) break;
    mark(step.positions);
    at = next;
  }
  for (let about = from; left > 0; about++) {
    const fillerAt = (at: number): StepOf<PlmStep, 'filler'> => {
      return { kind: 'filler', about, at, positions: sampled[at - from] ? [] : [at], chance: 1 / length };
    };
    const { positions } = tape.take(
      'filler',
      about,
      (misfit) => fillerAt(misfit ? misfit.at : from + rng.int(length)),
      (step) => step.positions.length === fillerAt(step.at).positions.length,
    );
    mark(positions);
  }
  return sampled;
}

interface SpanPlace {
  readonly isStart: readonly boolean[];
  /** Where the span's context begins, from the start of the stretch. */
  readonly at: number;
  /** Tokens that are still to be sampled. */
  readonly left: number;
  readonly about: number;
  readonly from: number;
}

/** A span at the first start of a word behind `offset` tokens of its context; `next` is where its context ends. */
function drawSpan(
  tape: Tape<PlmStep>,
  { isStart, at, left, about, from }: SpanPlace,
  { maxSpan, maskAlpha, maskBeta }: SpanOptions,
  rng: Rng,
): { readonly step: StepOf<PlmStep, 'span'>; readonly next: number } {
  const weights = spanWeights(maxSpan);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const usedOf = (size: number) => Math.min(size, left);
  const contextOf = (size: number) => Math.floor((usedOf(size) * maskAlpha) / maskBeta);
  // Departs from the published code, which fails where a span has no context.
  const offsetsOf = (size: number) => Math.max(1, contextOf(size));
  const firstOf = (offset: number) => {
    const first = isStart.indexOf(true, at + offset);
    return first < 0 ? isStart.length : first;
  };
  const spanOf = (size: number, offset: number): StepOf<PlmStep, 'span'> => {
    const first = firstOf(offset);
    const used = first + usedOf(size) >= isStart.length ? 0 : usedOf(size);
    const positions = Array.from({ length: used }, (_, k) => from + first + k);
    return { kind: 'span', about, size, offset, positions, chance: weights[size - 1]! / total / offsetsOf(size) };
  };
  const step = tape.take(
    'span',
    about,
    (misfit) => {
      const size = misfit && misfit.size <= maxSpan ? misfit.size : rng.pick(weights) + 1;
      const isThere = misfit !== undefined && misfit.offset < offsetsOf(size);
      return spanOf(size, isThere ? misfit.offset : rng.int(offsetsOf(size)));
    },
    ({ size, offset, positions }) =>
      size <= maxSpan && offset < offsetsOf(size) && spanOf(size, offset).positions.join() === positions.join(),
  );
  const { size, offset } = step;
  return { step, next: firstOf(offset) + usedOf(size) + contextOf(size) - offset };
}

/** Ranks in blocks of `permSize`: the same shuffle within each block, blocks in their order. Yang et al. 2019, code. */
export function drawRanks(length: number, permSize: number, rng: Rng): number[] {
  const shuffle = rng.permutation(permSize);
  return Array.from({ length }, (_, i) => Math.floor(i / permSize) * permSize + shuffle[i % permSize]!);
}
