import { dropout, embed, linear } from '../../nn/layers.ts';
import { crossEntropy } from '../../nn/losses.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch, Forward, Outputs } from '../architecture.ts';
import { dropAt } from '../shared/encoder.ts';
import { scored } from '../shared/heads.ts';
import { inSight, remember } from '../shared/memory.ts';
import { distances } from '../shared/relative.ts';
import { look } from './attention.ts';
import type { XlnetConfig } from './config.ts';
import type { XlnetParts } from './spec.ts';
import { advance, type Stream } from './stream.ts';

/** Who may see whom: in the query stream, and in the content stream, which also sees itself. Each [batch, seq, key]. */
function masks({ ids, keep, permMask }: Batch, memory: number): { query: Tensor; content: Tensor } {
  const [batch = 1, seq = 1] = ids.shape;
  const real = tf.tile(tf.expandDims(keep, 1), [1, seq, 1]); // [batch, seq, seq]
  const query = permMask ? tf.mul(real, tf.sub(1, permMask)) : real;
  const content = tf.maximum(query, tf.expandDims(tf.eye(seq), 0));
  const withMemory = (own: Tensor) => (memory > 0 ? tf.concat([tf.ones([batch, seq, memory]), own], 2) : own);
  return { query: withMemory(query), content: withMemory(content) };
}

/** 1 where query and key are of different segments; memory counts as segment 0. → [batch, 1, query, key]. */
function otherSegment({ segments }: Batch, memory: number): Tensor {
  const [batch = 1, seq = 1] = segments.shape;
  const keys = memory > 0 ? tf.concat([tf.zeros([batch, memory], 'int32'), segments], 1) : segments;
  const differ = tf.notEqual(tf.reshape(segments, [batch, 1, seq, 1]), tf.reshape(keys, [batch, 1, 1, memory + seq]));
  return tf.cast(differ, 'float32');
}

/** The steps of a call that enter the memory: x [batch, seq, hidden] → [batch, reused, hidden]. */
function reused(x: Tensor, { reuseLength }: XlnetConfig): Tensor {
  const [batch = 1, seq = 1, hidden = 1] = x.shape;
  return reuseLength > 0 ? tf.slice(x, [0, 0, 0], [batch, Math.min(reuseLength, seq), hidden]) : x;
}

/**
 * Yang et al. 2019, §2.3–2.5 and appendix A.2. The content stream h sees itself. The query stream g starts from one
 * learned vector, sees only h, and gives the logits. Without targets there is no query stream, and the logits come
 * from h.
 */
export const forward: Forward<XlnetConfig, XlnetParts> = ({ model }, config, batch, context): Outputs => {
  const { transformer, lm_loss: head } = model;
  const { ids, targetMapping, labels, weights } = batch;
  const { hidden, layers } = config;
  const { tap, memory = [] } = context;
  const drop = (place: string) => dropAt(context, config.dropout, place);
  const [rows = 1, seq = 1] = ids.shape;
  const before = memory[0]?.shape[0] ?? 0;

  const visible = masks(batch, before);
  const other = otherSegment(batch, before);
  const places = dropout(distances(seq, before + seq, hidden, config.clampLength), drop('distances'));
  const contentStream: Stream = { name: '', visible: visible.content };
  const queryStream: Stream = { name: 'query.', visible: visible.query, targets: targetMapping };

  let h = dropout(embed(transformer.word_embedding.weight, ids), drop('embeddings')); // [batch, seq, hidden]
  let g: Tensor | undefined; // [batch, target, hidden]
  if (targetMapping) {
    // One vector for all: a table of one row.
    const everywhere = tf.zeros([rows, targetMapping.shape[1] ?? 1], 'int32');
    g = dropout(embed(tf.reshape(transformer.mask_emb, [1, hidden]), everywhere), drop('query.embeddings'));
  }
  // Behind the last layer nobody but a tap reads the content stream.
  const lastIsWanted = [`hidden.${layers}`, `attention.${layers - 1}`, `inner.${layers - 1}`].some((name) =>
    tap?.wants(name),
  );
  const remembered: Tensor[] = [];

  transformer.layer.forEach((layer, i) => {
    tap?.see(`hidden.${i}`, h);
    if (g) tap?.see(`query.hidden.${i}`, g);
    const old = memory[i];
    if (context.memory) remembered.push(remember(reused(h, config), old, config.memoryLength));
    const content = inSight(h, old);
    const seen = look(content, places, layer.rel_attn, other);
    const isRead = !g || i < layers - 1 || lastIsWanted;
    if (g) g = advance(g, layer, seen, queryStream, i, config, context);
    if (isRead) h = advance(h, layer, seen, contentStream, i, config, context);
  });
  if (!g || lastIsWanted) tap?.see(`hidden.${layers}`, h);
  if (g) tap?.see(`query.hidden.${layers}`, g);

  const read = dropout(g ?? scored(h, batch), drop('output'));
  const everywhere = linear(read, { weight: transformer.word_embedding.weight, bias: head.bias });
  const logits = labels ? tf.reshape(everywhere, [-1, config.vocabSize]) : everywhere;
  const loss = labels && weights ? crossEntropy(logits, labels, weights) : undefined;
  return {
    logits: { logits },
    losses: loss ? { plm: loss } : {},
    loss,
    memory: context.memory && remembered,
  };
};
