import { recent } from '../../core/pattern.ts';
import { dropout, embedSum, linear, project } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context, Forward, Outputs } from '../architecture.ts';
import { dropAt, visible } from '../shared/encoder.ts';
import { scored, tokenLoss } from '../shared/heads.ts';
import { remember } from '../shared/memory.ts';
import { distances } from '../shared/relative.ts';
import type { TransfoXlConfig } from './config.ts';
import { advance } from './layer.ts';
import type { TransfoXlParts } from './spec.ts';

/** What is remembered at the start of a call, for each layer [memory, batch, hidden]; empty where nothing is. */
function memoryOf({ memory = [] }: Context, config: TransfoXlConfig, batch: number): readonly Tensor[] {
  const { layers, memoryLength, hidden, zerosFirst } = config;
  if (memory.length > 0 || !zerosFirst || memoryLength === 0) return memory;
  return Array.from({ length: layers }, () => tf.zeros([memoryLength, batch, hidden]));
}

/** Dai et al. 2019, §3: a model that reads from left to right, and reads on where it stopped. */
export const forward: Forward<TransfoXlConfig, TransfoXlParts> = ({ model }, config, batch, context): Outputs => {
  const { transformer, crit } = model;
  const { hidden, layers, memoryLength, sameLength } = config;
  const { tap } = context;
  const drop = (place: string) => dropAt(context, config.dropout, place);
  const [rows = 1, seq = 1] = batch.ids.shape;
  const memory = memoryOf(context, config, rows);
  const keys = (memory[0]?.shape[0] ?? 0) + seq;
  const pattern = recent(seq, sameLength && memoryLength > 0 ? memoryLength : keys, keys);
  const seen = {
    places: dropout(distances(seq, keys, hidden, config.clampLength), drop('distances')),
    visible: visible(pattern),
  };

  const [table] = transformer.word_emb.emb_layers;
  const [widening] = transformer.word_emb.emb_projs;
  const words = embedSum([{ table: table!.weight, ids: batch.ids }], Math.sqrt(hidden)); // [batch, seq, table]
  const widened = widening ? linear(words, { weight: widening }) : words;
  let h = dropout(widened, drop('embeddings')); // [batch, seq, hidden]
  const remembered: Tensor[] = [];
  transformer.layers.forEach((layer, i) => {
    tap?.see(`hidden.${i}`, h);
    if (context.memory && memoryLength > 0) remembered.push(remember(h, memory[i], memoryLength));
    h = advance(h, layer, { ...seen, before: memory[i] }, i, config, context);
  });
  tap?.see(`hidden.${layers}`, h);

  const read = dropout(scored(h, batch), drop('output'));
  const narrowing = config.tiedProjection ? widening : crit.out_projs[0];
  const answer = narrowing ? project(read, narrowing) : read;
  const logits = linear(answer, { weight: table!.weight, bias: crit.out_layers[0]!.bias });
  const loss = tokenLoss(logits, batch);
  return {
    logits: { prediction_scores: logits },
    losses: loss ? { causal: loss } : {},
    loss,
    memory: context.memory && remembered,
  };
};
