import type { Rng } from '../../core/rng.ts';
import { budgetOf, poissonWeights } from './options.ts';
import { type Recording, replacement } from './recording.ts';
import type { StepOf } from './steps.ts';

/** A span of words: the first and how many. */
interface Placed {
  readonly first: number;
  readonly size: number;
}

/** Times that all places are drawn anew before spans are packed from the left. */
const tries = 50;

/**
 * Lengths until the budget is reached, the last one cut to it; then places for the spans, none over another, so that
 * exactly the budget is hidden. Departs from the published code, whose spans run into each other and hide less.
 * Returns how many lengths were 0. Lewis et al. 2020, §2.2, text infilling.
 */
export function drawSpans(recording: Recording, words: readonly (readonly number[])[]): number {
  const { options, rng, tape } = recording;
  const budget = budgetOf(options.infillRate, words.length, 'clean');
  const weights = poissonWeights(options.lambda);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kept: StepOf<'length'>[] = [];
  let empty = 0;
  let left = budget;
  for (let about = 0; left > 0; about++) {
    const rest = left;
    const cut = (length: number): StepOf<'length'> => {
      return { kind: 'length', about, length, used: Math.min(length, rest), chance: weights[length]! / total };
    };
    const step = tape.take(
      'length',
      about,
      (misfit) => cut(misfit ? misfit.length : rng.pick(weights)),
      (old) => old.length < weights.length && old.used === Math.min(old.length, rest),
    );
    if (step.used > 0) kept.push(step);
    else empty += 1;
    left -= step.used;
  }

  const indexOf = new Map(words.map((word, k) => [word[0], k]));
  const positionsOf = ({ first, size }: Placed) => words.slice(first, first + size).flat();
  const held = new Map<number, Placed>();
  for (const { about, used } of kept) {
    const step = tape.held('span').find((span) => span.about === about);
    const place = { first: indexOf.get(step?.positions[0]) ?? words.length, size: used };
    const isFree = fits(place, words, [...held.values()]);
    if (step && isFree && positionsOf(place).join() === step.positions.join()) held.set(about, place);
  }
  const places = arrange(kept, words, held, rng);
  for (const { about, used } of kept) {
    const others = kept.filter((other) => other.about < about).map((other) => places.get(other.about)!);
    const free = words.filter((_, first) => fits({ first, size: used }, words, others)).length;
    tape.take(
      'span',
      about,
      () => {
        const positions = positionsOf(places.get(about)!);
        return { kind: 'span', about, positions, id: replacement(recording), chance: 1 / Math.max(1, free) };
      },
      () => held.has(about),
    );
  }
  return empty;
}

/** Whether a span lies within the text, its words side by side, and over no other span. */
function fits({ first, size }: Placed, words: readonly (readonly number[])[], others: readonly Placed[]): boolean {
  if (first + size > words.length) return false;
  return others.every((other) => first + size <= other.first || other.first + other.size <= first);
}

/** A place for every span that is not held, at random; packed from the left if they do not fit after many tries. */
function arrange(
  lengths: readonly StepOf<'length'>[],
  words: readonly (readonly number[])[],
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
