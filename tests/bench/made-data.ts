import { createRng } from '../../src/core/rng.ts';
import type { Document, Tokenizer } from '../../src/text/document.ts';
import { bertSpecials, createVocabulary } from '../../src/text/vocabulary.ts';
import type { Data } from '../../src/training/data.ts';

/** Sentences of random words, of just so many different tokens: what a step costs does not depend on the text. */
export function madeData(vocabSize: number): Data {
  const rng = createRng('text of the bench');
  const { length: specials } = bertSpecials;
  const words = Array.from({ length: vocabSize - specials }, (_, i) => `w${i}`);
  const vocabulary = createVocabulary([...bertSpecials, ...words], new Array<number>(vocabSize).fill(1), []);
  const sentence = () => Array.from({ length: 12 }, () => specials + rng.int(words.length));
  const documents: readonly Document[] = Array.from({ length: 8 }, () => ({
    sentences: Array.from({ length: 128 }, sentence),
  }));
  const tokenizer: Tokenizer = {
    id: 'made',
    vocabulary,
    encode: (text) => text.split(' ').map((word) => vocabulary.idOf(word) ?? vocabulary.unknownId),
    decode: (ids) => ids.map((id) => vocabulary.tokens[id]).join(' '),
  };
  return { tokenizer, vocabulary, train: documents, heldOut: documents };
}
