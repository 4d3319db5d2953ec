import type { Exact, Scene } from '../text/exact.ts';

/** What an exact reader says of two holes: alone, and together. */
export interface TwoHoles {
  /**
   * The ids that can stand at the first, most probable first, and those that can at the second: what goes with the
   * first of the firsts comes first.
   */
  readonly firsts: readonly number[];
  readonly seconds: readonly number[];
  /** P(first), P(second): each with the other hidden, in the order of the ids. */
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** P(first, second) = P(first) · P(second | first): a row a first. */
  readonly joint: readonly (readonly number[])[];
}

/** The ids that a posterior leaves possible, most probable first. */
const possible = (posterior: ArrayLike<number>): readonly number[] =>
  Array.from(posterior, (share, id) => ({ share, id }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || a.id - b.id)
    .map(({ id }) => id);

/** Exact sums about two hidden positions of a sequence; undefined where the grammar has no such text. */
export function readTwoHoles(
  exact: Exact,
  ids: readonly number[],
  [a, b]: readonly [number, number],
  isSpecial: (id: number) => boolean,
): TwoHoles | undefined {
  const scene = exact.read(ids);
  const seen = ids.map((id, i) => (i === a || i === b || isSpecial(id) ? null : id));
  const [first, second] = scene?.posteriors(seen, [a, b]) ?? [];
  if (!scene || !first || !second) return undefined;
  const firsts = possible(first);
  const given = firsts.map((id) => posteriorAfter(scene, seen, a, id, b));
  const seconds = [...new Set([...given.flatMap((row) => possible(row ?? [])), ...possible(second)])];
  return {
    firsts,
    seconds,
    first: firsts.map((id) => first[id]!),
    second: seconds.map((id) => second[id]!),
    joint: firsts.map((id, i) => seconds.map((other) => first[id]! * (given[i]?.[other] ?? 0))),
  };
}

/** P(token at `asked` | all that is seen, and `id` at `at`). */
const posteriorAfter = (scene: Scene, seen: readonly (number | null)[], at: number, id: number, asked: number) =>
  scene.posteriors(
    seen.map((one, i) => (i === at ? id : one)),
    [asked],
  )[0];
