import type { WordClasses } from './classes.ts';
import type { Document, Vocabulary } from './document.ts';
import type { Exact } from './exact.ts';

/** One text to learn from. Documents are separated by a blank line, one sentence a line. */
export interface Corpus {
  readonly id: string;
  readonly title: string;
  /** One sentence for a menu. */
  readonly summary: string;
  readonly licence: string;
  /** Who made it and where it came from, for the credits. */
  readonly origin: string;
  /** The vocabulary size to propose. */
  readonly vocabularySize: number;
  /** Words and punctuation that carry no content, where the text has a closed list of them. */
  functionWords?(): Promise<readonly string[]>;
  text(): Promise<string>;
  /**
   * Exact probabilities, where the text comes from a grammar that can be summed;
   * undefined when the vocabulary splits one of the grammar's words.
   */
  exact?(vocabulary: Vocabulary): Promise<Exact | undefined>;
  /** What its words are learned from, where the text comes from a grammar whose slots are known. */
  readonly classes?: WordClasses;
}

/** Documents to learn from, and documents that are only ever measured on. */
export interface Split {
  readonly train: readonly Document[];
  readonly heldOut: readonly Document[];
}

/** Holds out every document whose 0-based number is 3 modulo 10: by document, so that no story is in both. */
export function split(documents: readonly Document[]): Split {
  const isHeldOut = (i: number) => i % 10 === 3;
  return {
    train: documents.filter((_, i) => !isHeldOut(i)),
    heldOut: documents.filter((_, i) => isHeldOut(i)),
  };
}
