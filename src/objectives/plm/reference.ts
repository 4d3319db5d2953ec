import type { Rng } from '../../core/rng.ts';
import { createTape, type Tape } from '../tape.ts';
import type { PlmOptions } from './options.ts';
import { spanWeights } from './spans.ts';
import type { PlmStep } from './steps.ts';

type SpanOptions = Pick<PlmOptions, 'maxSpan' | 'maskAlpha' | 'maskBeta'>;

/**
 * Which tokens are sampled, in the order of draws of XLNet's `_sample_mask`. With its quirks: n counts tokens, a span
 * that reaches the end is dropped and ends the loop, and the fillers may hit any token.
 */
export function sampleTokens(
  isStart: readonly boolean[],
  goal: number,
  { maxSpan, maskAlpha, maskBeta }: SpanOptions,
  rng: Rng,
  tape: Tape<PlmStep> = createTape<PlmStep>([]),
  from = 0,
): boolean[] {
  const length = isStart.length;
  const sampled = isStart.map(() => false);
  const weights = spanWeights(maxSpan);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const put = <S extends PlmStep>(step: S) => tape.take(step.kind, step.about, () => step as never);
  let about = from;
  let predicted = 0;
  for (let at = 0; at < length && predicted < goal; about++) {
    const drawn = rng.pick(weights) + 1;
    const size = Math.min(drawn, goal - predicted);
    const context = Math.floor((size * maskAlpha) / maskBeta);
    const offset = rng.int(context);
    let first = at + offset;
    while (first < length && !isStart[first]) first += 1;
    const end = first + size;
    const isDropped = end >= length;
    const positions = isDropped ? [] : Array.from({ length: size }, (_, k) => from + first + k);
    const chance = weights[drawn - 1]! / total / Math.max(1, context);
    put({ kind: 'span', about, size: drawn, offset, positions, chance });
    if (isDropped) break;
    sampled.fill(true, first, end);
    predicted += size;
    at = end + context - offset;
  }
  for (about = from; predicted < goal; about++) {
    const at = rng.int(length);
    put({ kind: 'filler', about, at: from + at, positions: sampled[at] ? [] : [from + at], chance: 1 / length });
    if (sampled[at]) continue;
    sampled[at] = true;
    predicted += 1;
  }
  return sampled;
}

/** Ranks in blocks of `permSize`: the same shuffle within each block, blocks in their order. Yang et al. 2019, code. */
export function drawRanks(length: number, permSize: number, rng: Rng): number[] {
  const shuffle = rng.permutation(permSize);
  return Array.from({ length }, (_, i) => Math.floor(i / permSize) * permSize + shuffle[i % permSize]!);
}
