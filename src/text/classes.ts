import type { Vocabulary } from './document.ts';

/**
 * The class of each token of a sequence without noise, bare or packed with special tokens; undefined at special
 * tokens. Undefined altogether when it is no text of the grammar. It depends on the text alone, not on what of it is
 * hidden from whom.
 */
export type ClassReader = (ids: readonly number[]) => readonly (string | undefined)[] | undefined;

/** Classes of words, told apart by what else in the text tells the word. */
export interface WordClasses {
  /** What each class is, by its id. */
  readonly titles: Readonly<Record<string, string>>;
  /** Undefined when the vocabulary splits one of the grammar's words. */
  reader(vocabulary: Vocabulary): Promise<ClassReader | undefined>;
}

/** How many places were asked for and how many of the answers were right; an expected number need not be whole. */
export interface Hits {
  readonly right: number;
  readonly asked: number;
}

/** Answers by the class of their place. One whose place has no class counts nowhere. */
export function countByClass(
  answers: Iterable<readonly [wordClass: string | undefined, right: number]>,
): Readonly<Record<string, Hits>> {
  const counts: Record<string, Hits> = {};
  for (const [wordClass, right] of answers) {
    if (wordClass === undefined) continue;
    const sofar = counts[wordClass] ?? { right: 0, asked: 0 };
    counts[wordClass] = { right: sofar.right + right, asked: sofar.asked + 1 };
  }
  return counts;
}
