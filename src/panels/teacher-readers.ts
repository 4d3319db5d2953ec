import { softmax } from '../training/frame.ts';
import type { PlainReading } from '../training/plain-encoder.ts';

/** A belief softened by τ: each probability to the power of 1 / τ, shared out anew. Hinton et al. 2015, §2. */
export function softened(belief: ArrayLike<number>, temperature: number): Float64Array {
  return softmax(Float64Array.from(belief, (p) => Math.log(p) / temperature));
}

/** KL(a ‖ b) in nats. */
export const divergence = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, p, i) => (p > 0 ? sum + p * Math.log(p / b[i]!) : sum), 0);

/** What pulls at a student at one place: its three losses there, before they are weighed. */
export interface Pulls {
  /** −ln of what it gives the right word, in nats. */
  readonly answer: number;
  /** τ² · KL(teacher ‖ student), both softened by τ. */
  readonly distribution: number;
  /** 1 − cosine of the angle between the last states. */
  readonly angle: number;
}

/** 1 − cosine of the angle between what two models make of a place in their last layers. */
function angleOf(a: PlainReading, b: PlainReading, place: number): number {
  const [x, y] = [a, b].map(({ states }) => {
    const { data, width } = states.at(-1)!;
    return data.subarray(place * width, (place + 1) * width);
  });
  const dot = (p: Float64Array, q: Float64Array) => p.reduce((sum, one, i) => sum + one * q[i]!, 0);
  return 1 - dot(x!, y!) / Math.sqrt(dot(x!, x!) * dot(y!, y!));
}

export function pullsOf(
  teacher: PlainReading,
  student: PlainReading,
  place: number,
  truth: number,
  temperature: number,
): Pulls {
  const [theirs, ours] = [teacher, student].map((one) => softmax(one.logitsAt(place)));
  return {
    answer: -Math.log(ours![truth]!),
    distribution: temperature ** 2 * divergence(softened(theirs!, temperature), softened(ours!, temperature)),
    angle: angleOf(teacher, student, place),
  };
}

/**
 * Which tokens are worth a bar: the truth, and the likeliest of all readers; those that the first reader holds likelier
 * come first.
 */
export function wordsOf(beliefs: readonly ArrayLike<number>[], truth: number, most: number): readonly number[] {
  const highest = Array.from(beliefs[0] ?? [], (_, id) => Math.max(...beliefs.map((one) => one[id]!)));
  const order = [...highest.keys()].sort((a, b) => highest[b]! - highest[a]!).slice(0, most);
  const shown = order.includes(truth) ? order : [...order.slice(0, most - 1), truth];
  // Equally likely ones differ in their last digits.
  const rank = (id: number) => Math.round((beliefs[0]?.[id] ?? 0) * 1e6);
  return [...shown].sort((a, b) => Number(b === truth) - Number(a === truth) || rank(b) - rank(a) || a - b);
}
