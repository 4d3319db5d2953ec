import type { Rng } from '../core/rng.ts';
import { defaults } from '../objectives/rtd/options.ts';
import { substitutesOf } from '../objectives/rtd/substitutes.ts';
import type { Vocabulary } from '../text/document.ts';
import type { Exact } from '../text/exact.ts';

/** Words for the holes of a text, and how many of them are expected to differ from what stood there. */
export interface Fakes {
  /** The whole sequence with the holes filled. */
  readonly ids: readonly number[];
  readonly expected: number;
}

const put = (ids: readonly number[], holes: readonly number[], words: readonly number[]): readonly number[] =>
  ids.map((id, position) => words[holes.indexOf(position)] ?? id);

/** Each hole by itself, by how often words stand in the text. */
export function fakesByCounts(
  ids: readonly number[],
  holes: readonly number[],
  vocabulary: Vocabulary,
  rng: Rng,
): Fakes {
  const { draw, chances } = substitutesOf(defaults, vocabulary);
  const words = holes.map((position) => draw(rng.fork(`place ${position}`), undefined).id);
  return { ids: put(ids, holes, words), expected: holes.reduce((sum, at) => sum + 1 - chances[ids[at]!]!, 0) };
}

/**
 * All holes together, as the grammar fills them: one after another, each given those before. Undefined where the
 * grammar has no such text.
 */
export function perfectFakes(
  exact: Exact,
  ids: readonly number[],
  holes: readonly number[],
  isSpecial: (id: number) => boolean,
  rng: Rng,
): Fakes | undefined {
  const scene = exact.read(ids);
  const seen = ids.map((id, position) => (holes.includes(position) || isSpecial(id) ? null : id));
  const alone = scene?.posteriors(seen, holes);
  if (!scene || !alone || alone.includes(undefined)) return undefined;
  const filled = [...seen];
  for (const position of holes) {
    const [posterior] = scene.posteriors(filled, [position]);
    if (!posterior) return undefined;
    filled[position] = rng.fork(`place ${position}`).pick([...posterior]);
  }
  const words = holes.map((position) => filled[position]!);
  const expected = holes.reduce((sum, position, k) => sum + 1 - alone[k]![ids[position]!]!, 0);
  return { ids: put(ids, holes, words), expected };
}
