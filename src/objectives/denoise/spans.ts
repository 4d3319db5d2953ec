import type { Rng } from '../../core/rng.ts';
import type { StepOf, Tape } from '../tape.ts';
import { budgetOf, poissonWeights } from './options.ts';
import { type Recording, replacement } from './recording.ts';
import type { DenoiseStep } from './steps.ts';

/** A span of words: the first and how many. */
interface Placed {
  readonly first: number;
  readonly size: number;
}

/** Times that all places are drawn anew before spans are packed from the left. */
const tries = 50;

type Words = readonly (readonly number[])[];
type Length = StepOf<DenoiseStep, 'length'>;

/**
 * Lengths until the budget is reached, the last one cut to it; then places for the spans, none over another, so that
 * exactly the budget is hidden. Departs from the published code, whose spans run into each other and hide less.
 * Returns how many lengths were 0. Lewis et al. 2020, §2.2, text infilling.
 */
export function drawSpans(recording: Recording, words: Words): number {
  const { rng, tape } = recording;
  const lengths = drawLengths(recording, budgetOf(recording.options.infillRate, words.length, 'clean'));
  const kept = lengths.filter(({ used }) => used > 0);
  const held = heldPlaces(tape, kept, words);
  const places = arrange(kept, words, held, rng);
  kept.forEach(({ about, used }, k) => {
    const others = kept.slice(0, k).map((other) => places.get(other.about)!);
    const free = words.filter((_, first) => fits({ first, size: used }, words, others)).length;
    const positions = positionsOf(places.get(about)!, words);
    tape.take(
      'span',
      about,
      () => ({ kind: 'span', about, positions, id: replacement(recording), chance: 1 / Math.max(1, free) }),
      () => held.has(about),
    );
  });
  return lengths.length - kept.length;
}

/** Lengths in words until they add up to `budget`; of the last one so much is used as is left. */
function drawLengths({ options, rng, tape }: Recording, budget: number): readonly Length[] {
  const weights = poissonWeights(options.lambda);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const lengths: Length[] = [];
  for (let left = budget; left > 0; left -= lengths.at(-1)!.used) {
    const about = lengths.length;
    const usedOf = (length: number) => Math.min(length, left);
    const step = tape.take(
      'length',
      about,
      (misfit) => {
        const length = misfit ? misfit.length : rng.pick(weights);
        return { kind: 'length', about, length, used: usedOf(length), chance: weights[length]! / total };
      },
      (old) => old.length < weights.length && old.used === usedOf(old.length),
    );
    lengths.push(step);
  }
  return lengths;
}

const positionsOf = ({ first, size }: Placed, words: Words): readonly number[] =>
  words.slice(first, first + size).flat();

/** Where the held spans lie that still hide the same words and lie over none before them, by `about`. */
function heldPlaces(tape: Tape<DenoiseStep>, lengths: readonly Length[], words: Words): ReadonlyMap<number, Placed> {
  const spanAbout = new Map(tape.held('span').map((span) => [span.about, span.positions]));
  const indexOf = new Map(words.map(([first], k) => [first, k]));
  const held = new Map<number, Placed>();
  for (const { about, used } of lengths) {
    const positions = spanAbout.get(about);
    const place = { first: indexOf.get(positions?.[0]) ?? words.length, size: used };
    const isSame = positions?.join() === positionsOf(place, words).join();
    if (isSame && fits(place, words, [...held.values()])) held.set(about, place);
  }
  return held;
}

/** Whether a span lies within the text, its words side by side, and over no other span. */
function fits({ first, size }: Placed, words: Words, others: readonly Placed[]): boolean {
  if (first + size > words.length) return false;
  return others.every((other) => first + size <= other.first || other.first + other.size <= first);
}

/** A place for every span that is not held, at random; packed from the left if they do not fit after many tries. */
function arrange(
  lengths: readonly Length[],
  words: Words,
  held: ReadonlyMap<number, Placed>,
  rng: Rng,
): ReadonlyMap<number, Placed> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const placed = new Map(held);
    for (const { about, used } of lengths) {
      if (placed.has(about)) continue;
      const others = [...placed.values()];
      const free = words.flatMap((_, first) => (fits({ first, size: used }, words, others) ? [first] : []));
      if (free.length === 0) break;
      placed.set(about, { first: free[rng.int(free.length)]!, size: used });
    }
    if (placed.size === lengths.length) return placed;
  }
  let first = 0;
  return new Map(
    lengths.map(({ about, used }) => {
      const place = { first, size: used };
      first += used;
      return [about, place];
    }),
  );
}
