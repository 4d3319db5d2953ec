// By files, not by its door: that lacks the trainer. The bundle brings an engine and a context of its own.
import { models, TeachableLLM, tokenise } from '../../node_modules/@genai-fi/nanogpt/dist/main.js';
import PreTrainer from '../../node_modules/@genai-fi/nanogpt/dist/training/PreTrainer.js';
import { sizeOf } from '../../src/core/params.ts';
import type { sizes } from './causal.ts';
import { countDraws } from './draws.ts';
import type { Loss, Step } from './measure.ts';

/** Read and asked tokens, each [batch, seq]. */
interface Batch {
  readonly xs: { dispose(): void };
  readonly ys: { dispose(): void };
}

/** What the trainer does at each step of its own loop; the types call it protected. */
interface OneStep {
  trainStep(state: object, batch: Batch): Loss;
}

export interface Nanogpt {
  readonly step: Step;
  readonly parameters: number;
  /** Draws so far. */
  readonly counted: () => number;
}

/** So many batches are made beforehand and come again. */
const batches = 16;

/**
 * `@genai-fi/nanogpt` on its WebGL backend, as its own loop trains it: AdamW, no clipping, no dropout, 32-bit floats.
 */
export async function nanogpt(
  { layers, hidden, heads, inner, seq, batch, vocab }: typeof sizes,
  text: Uint16Array,
): Promise<Nanogpt> {
  await TeachableLLM.selectBackend('webgl');
  const tokeniser = new tokenise.CharTokeniser(vocab);
  const model = new models.NanoGPTV1({
    vocabSize: vocab,
    blockSize: seq,
    nLayer: layers,
    nHead: heads,
    nEmbed: hidden,
    mlpFactor: inner / hidden,
  });
  const trainer = new PreTrainer(model, tokeniser);
  const store = await tokenise.createTokenStore('bench', tokeniser.id, 'bench', { noOPFS: true });
  store.appendShard(text);
  await store.finish();
  const { dataset } = await trainer.datasetBuilder.createTextDataset(store, { batchSize: batch });
  const iterator = await dataset.iterator();
  const made: Batch[] = [];
  while (made.length < batches) made.push((await iterator.next()).value);
  const { trainStep } = trainer as unknown as OneStep;
  return {
    counted: countDraws(),
    step: (number) => trainStep.call(trainer, {}, made[number % batches]!),
    // Its own count is an estimate.
    get parameters() {
      return model.weightStore.variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    },
  };
}
