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
  /** Licence and language as the model cards of Hugging Face name them; absent: nothing is said of them. */
  readonly card?: { readonly license: string; readonly language: string };
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

/** The first document that is held out, and how many documents later each next one is. */
export const heldOut = { from: 3, every: 10 } as const;

/** Holds out every document whose 0-based number is 3 modulo 10: by document, so that no story is in both. */
export function split(documents: readonly Document[]): Split {
  const isHeldOut = (i: number) => i % heldOut.every === heldOut.from;
  return {
    train: documents.filter((_, i) => !isHeldOut(i)),
    heldOut: documents.filter((_, i) => isHeldOut(i)),
  };
}
