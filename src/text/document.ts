import { createTurns, type Progress, type Turns } from '../core/turns.ts';
import type { Joined } from './tokenizers/learned.ts';

/** One document: sentences of ids. */
export interface Document {
  readonly sentences: readonly (readonly number[])[];
}

/** What an id means. Special tokens come first and are never asked for. */
export interface Vocabulary {
  readonly tokens: readonly string[];
  readonly size: number;
  /** How often each id stands in the text that the vocabulary was learned from. */
  readonly counts: readonly number[];
  readonly padId: number;
  readonly unknownId: number;
  readonly classifyId: number;
  readonly separateId: number;
  readonly maskId: number;
  /** Stands in front of every token that begins a word (`Ġcat`); absent: nothing does. */
  readonly wordMark?: string;
  /** How a reader sees each token, where a word is not spelled as it is written; absent: as it is spelled. */
  readonly shown?: readonly string[];
  /** The text of ids, where tokens are not spelled as it is; absent: they are. */
  textOf?(ids: readonly number[]): string;
  /** The id of a token; undefined when it has none. */
  idOf(token: string): number | undefined;
  isSpecial(id: number): boolean;
  /** Whether the token continues a word (`##ing`). */
  continues(id: number): boolean;
  /** Whether the token carries content; the others are function words and punctuation. */
  isContent(id: number): boolean;
}

/** Text to ids and back. */
export interface Tokenizer {
  readonly id: string;
  readonly vocabulary: Vocabulary;
  /** Where pieces are joined in an order: which, the first one first. */
  readonly merges?: readonly Joined[];
  /** Where a word is cut in its most probable way: how probable each token is, as a logarithm. */
  readonly scores?: readonly number[];
  encode(text: string): number[];
  decode(ids: readonly number[]): string;
}

/**
 * Text as documents of ids: a blank line ends a document, a line is a sentence. What encodes to nothing is left out.
 */
export async function toDocuments(
  text: string,
  tokenizer: Tokenizer,
  onProgress: Progress = () => undefined,
  turns: Turns = createTurns(),
): Promise<Document[]> {
  const documents: Document[] = [];
  let read = 0;
  for (const document of text.split(/\n[ \t\r]*\n\s*/)) {
    const sentences: number[][] = [];
    for (const [i, sentence] of document.split('\n').entries()) {
      const ids = tokenizer.encode(sentence);
      if (ids.length > 0) sentences.push(ids);
      read += sentence.length + 1;
      if (i % 64 !== 63) continue;
      onProgress(read, text.length);
      await turns();
    }
    if (sentences.length > 0) documents.push({ sentences });
    onProgress(read, text.length);
    await turns();
  }
  return documents;
}
