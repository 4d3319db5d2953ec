import type { Turns } from '../core/turns.ts';
import type { Document } from './document.ts';

/**
 * Documents as three rows of numbers, which cross from one thread to another without being copied; hundreds of
 * thousands of short lists would hold both threads for long.
 */
export interface Packed {
  /** The ids of all sentences. */
  readonly ids: Uint32Array;
  /** How many ids each sentence has. */
  readonly sentences: Uint32Array;
  /** How many sentences each document has. */
  readonly documents: Uint32Array;
}

export function packDocuments(documents: readonly Document[]): Packed {
  const sentences = documents.flatMap((document) => document.sentences);
  const ids = new Uint32Array(sentences.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const sentence of sentences) {
    ids.set(sentence, at);
    at += sentence.length;
  }
  return {
    ids,
    sentences: Uint32Array.from(sentences, ({ length }) => length),
    documents: Uint32Array.from(documents, ({ sentences: { length } }) => length),
  };
}

export async function unpackDocuments({ ids, sentences, documents }: Packed, turns: Turns): Promise<Document[]> {
  const unpacked: Document[] = [];
  let at = 0;
  let sentence = 0;
  for (const count of documents) {
    const lists: number[][] = [];
    for (const end = sentence + count; sentence < end; sentence++) {
      const list: number[] = [];
      for (const next = at + sentences[sentence]!; at < next; at++) list.push(ids[at]!);
      lists.push(list);
      if (sentence % 256 === 0) await turns();
    }
    unpacked.push({ sentences: lists });
  }
  return unpacked;
}
