import { createTurns, type Turns } from '../core/turns.ts';
import { type Document, toDocuments } from './document.ts';
import { tokenizerOf } from './tokenizers/catalog.ts';
import type { Model } from './tokenizers/learned.ts';

/** Told what is being done and how far it is. */
export type OnStage = (text: string, done: number, of: number) => void;

/** What is learned from a text: how to cut it, and the text so cut. */
export interface Learned {
  readonly model: Model;
  readonly documents: readonly Document[];
}

/** Learns a vocabulary of at most `size` tokens from a text and cuts it into documents. */
export async function learn(
  text: string,
  tokenizer: string,
  size: number,
  onStage: OnStage,
  turns: Turns = createTurns(),
): Promise<Learned> {
  const kind = tokenizerOf(tokenizer);
  const tell = (stage: string) => (done: number, of: number) => onStage(stage, done, of);
  onStage('Learning a vocabulary', 0, 1);
  const model = await kind.train(text, size, tell('Learning a vocabulary'), turns);
  onStage('Cutting the text into tokens', 0, 1);
  const documents = await toDocuments(text, await kind.create(model), tell('Cutting the text into tokens'), turns);
  return { model, documents };
}
