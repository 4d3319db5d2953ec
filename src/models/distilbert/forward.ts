import type { Params } from '../../nn/init.ts';
import { addNorm, attention, dropout, embedSum, gatherRows, layerNorm, linear } from '../../nn/layers.ts';
import { crossEntropy } from '../../nn/losses.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch, Context, Forward } from '../architecture.ts';
import { direction, softTargets } from '../shared/distillation.ts';
import { dropAt, positionIds } from '../shared/encoder.ts';
import { scored, sumLosses, tokenHead, tokenLoss } from '../shared/heads.ts';
import { showing } from '../shared/tap.ts';
import type { DistilbertConfig } from './config.ts';
import { type DistilbertParts, weights as weightsOf } from './spec.ts';

type Body = Params<DistilbertParts>['model']['distilbert'];

/** Fixed in the published code; no field of the configuration. */
const epsilon = 1e-12;

/** ids [batch, seq] → [batch, seq, hidden]. */
function hiddenOf(body: Body, config: DistilbertConfig, { ids, keep }: Batch, context: Context): Tensor {
  const drop = (place: string, rate = config.dropout) => dropAt(context, rate, place);
  const { word_embeddings: words, position_embeddings: positions, LayerNorm } = body.embeddings;
  const sum = embedSum([
    { table: words.weight, ids, still: config.padId },
    { table: positions.weight, ids: positionIds(ids.shape[0] ?? 1, ids.shape[1] ?? 1, context.firstPlace) },
  ]);
  let x = dropout(layerNorm(sum, LayerNorm, epsilon), drop('embeddings'));
  context.tap?.see('hidden.0', x);
  body.transformer.layer.forEach((layer, i) => {
    const { q_lin: query, k_lin: key, v_lin: value, out_lin: out } = layer.attention;
    const seen = attention(
      x,
      { query, key, value },
      {
        heads: config.heads,
        mask: { keep },
        dropout: drop(`layer.${i}.attention`, config.attentionDropout),
        tap: showing(context, `attention.${i}`),
      },
    );
    const attended = addNorm(linear(seen, out), x, layer.sa_layer_norm, epsilon);
    const inner = linear(attended, layer.ffn.lin1, config.activation);
    context.tap?.see(`inner.${i}`, inner);
    x = addNorm(linear(inner, layer.ffn.lin2), attended, layer.output_layer_norm, epsilon, drop(`layer.${i}.output`));
    context.tap?.see(`hidden.${i + 1}`, x);
  });
  return x;
}

/**
 * Sanh et al. 2019, §2–3: BERT without token types and pooler. With a teacher's `logits` [batch, seq, vocab] and last
 * `hidden` states [batch, seq, hidden] at hand, it is taught by three losses; without hidden states by two.
 */
export const forward: Forward<DistilbertConfig, DistilbertParts> = ({ model }, config, batch, context) => {
  const x = hiddenOf(model.distilbert, config, batch, context);
  const { positions, labels, weights, keep } = batch;
  const [soft, hidden] = ['logits', 'hidden'].map((name) => context.teacher?.get(name));
  const head = { dense: model.vocab_transform, LayerNorm: model.vocab_layer_norm };
  const tied = {
    weight: model.distilbert.embeddings.word_embeddings.weight,
    bias: model.vocab_projector.bias,
  };
  const logitsOf = (y: Tensor) => tokenHead(y, head, tied, config.activation, epsilon);
  if (!soft || !positions || !labels || !weights) {
    const logits = logitsOf(scored(x, batch));
    return { logits: { logits }, ...sumLosses({ mlm: tokenLoss(logits, batch) }) };
  }
  const rows = (y: Tensor) => tf.reshape(y, [-1, y.shape[2] ?? 1]);
  const all = rows(logitsOf(x)); // [batch · seq, vocab]
  const real = tf.reshape(keep, [-1]);
  const logits = gatherRows(all, positions);
  const losses = {
    distillation:
      config.asked === 'holes'
        ? softTargets(logits, gatherRows(rows(soft), positions), weights, config.temperature)
        : softTargets(all, rows(soft), real, config.temperature),
    mlm: crossEntropy(logits, labels, weights),
    ...(hidden && { cosine: direction(rows(x), rows(hidden), real) }),
  };
  return { logits: { logits }, ...sumLosses(losses, weightsOf(config, true)) };
};
