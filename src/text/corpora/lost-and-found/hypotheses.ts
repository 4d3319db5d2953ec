import type { Relation } from '../../exact.ts';
import type { Sentence } from './sentence-circuit.ts';

/**
 * One way the sentences may belong together: stories side by side, each its sentences in order. Undefined: impossible.
 */
export type Hypothesis = readonly (readonly Sentence[])[] | undefined;

/** More sentences have too many orders to list. */
const mostShuffled = 6;

/** A run of sentences cut into stories: an opening begins one, an ending ends one. */
export function intoStories(sentences: readonly Sentence[]): readonly (readonly Sentence[])[] {
  const stories: Sentence[][] = [];
  let open = false;
  for (const sentence of sentences) {
    if (!open || sentence.kind === 'opening') stories.push([]);
    stories.at(-1)!.push(sentence);
    open = sentence.kind !== 'ending';
  }
  return stories;
}

/** Orders of 0 … n−1, sorted. */
export function permutations(n: number): readonly (readonly number[])[] {
  if (n === 0) return [[]];
  const shorter = permutations(n - 1);
  return Array.from({ length: n }, (_, first) =>
    shorter.map((rest) => [first, ...rest.map((i) => (i >= first ? i + 1 : i))]),
  ).flat();
}

/** Impossible if an opening follows something, or something follows an ending. */
function oneStory(sentences: readonly Sentence[]): Hypothesis {
  const stories = intoStories(sentences);
  return stories.length === 1 ? stories : undefined;
}

/**
 * The hypotheses of a relation about the segments; undefined when it cannot be asked of them. How often openings and
 * endings come to stand in a pair at all is not counted: on a text without them nothing is missing.
 */
export function hypothesesOf(
  segments: readonly (readonly Sentence[])[],
  relation: Relation,
): readonly Hypothesis[] | undefined {
  const sentences = segments.flat();
  if (relation === 'consecutive') return [intoStories(sentences)];
  if (relation === 'apart') return [segments.flatMap(intoStories)];
  if (relation === 'shuffled') {
    if (sentences.length > mostShuffled) return undefined;
    return permutations(sentences.length).map((order) => oneStory(order.map((i) => sentences[i]!)));
  }
  if (segments.length !== 2) return undefined;
  if (relation === 'nsp') return [oneStory(sentences), segments.flatMap(intoStories)];
  return [oneStory(sentences), oneStory(segments.toReversed().flat())];
}
