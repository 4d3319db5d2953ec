import type { TreeOf } from '../../core/params.ts';
import { addNorm, attention, dropout, linear } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import type { Forward } from '../architecture.ts';
import { dropAt, embedInput, firstToken } from '../shared/encoder.ts';
import { pairLoss, scored, sumLosses, tokenHead, tokenLoss } from '../shared/heads.ts';
import { showing } from '../shared/tap.ts';
import type { AlbertConfig, Share } from './config.ts';
import { type AlbertParts, halves, type LayerSpec, turnOf } from './spec.ts';

type LayerParams = TreeOf<LayerSpec, Tensor>;
type Groups = TreeOf<AlbertParts, Tensor>['model']['albert']['encoder']['albert_layer_groups'];

/** A layer with all of its weights: the half that is shared is that of the first group. */
function layerOf(groups: Groups, group: number, inside: number, share: Share): LayerParams {
  const at = (i: number) => groups[i]!.albert_layers[inside] as LayerParams;
  const first = at(0);
  return { ...at(group), ...Object.fromEntries(halves[share].map((name) => [name, first[name]])) };
}

/**
 * Lan et al. 2020, §3.1: a narrow word table, layers that share their weights by group, order of sentences as second
 * task.
 * Departs from the published code, as Hugging Face does: no dropout after the feed-forward layers, and the map from
 * the table's width stays where it equals the hidden width.
 */
export const forward: Forward<AlbertConfig, AlbertParts> = ({ model }, config, batch, context) => {
  const { ids, segments, keep } = batch;
  const { heads, activation, epsilon, layers, layersPerGroup } = config;
  const { albert, predictions, sop_classifier: pairHead } = model;

  const embedded = embedInput(albert.embeddings, ids, segments, config, context);
  let x = linear(embedded, albert.encoder.embedding_hidden_mapping_in); // [batch, seq, hidden]
  context.tap?.see('hidden.0', x);
  for (let i = 0; i < layers * layersPerGroup; i++) {
    const [group, inside] = turnOf(config, i);
    const layer = layerOf(albert.encoder.albert_layer_groups, group, inside, config.share);
    const seen = attention(x, layer.attention, {
      heads,
      mask: { keep },
      dropout: dropAt(context, config.attentionDropout, `layer.${i}.attention`),
      tap: showing(context, `attention.${i}`),
    });
    const { dense, LayerNorm } = layer.attention;
    const drop = dropAt(context, config.hiddenDropout, `layer.${i}.attention.output`);
    const attended = addNorm(linear(seen, dense), x, LayerNorm, epsilon, drop);
    const inner = linear(attended, layer.ffn, activation);
    context.tap?.see(`inner.${i}`, inner);
    x = addNorm(linear(inner, layer.ffn_output), attended, layer.full_layer_layer_norm, epsilon);
    context.tap?.see(`hidden.${i + 1}`, x);
  }

  const tied = { weight: albert.embeddings.word_embeddings.weight, bias: predictions.bias };
  const tokens = tokenHead(scored(x, batch), predictions, tied, activation, epsilon);
  const pooled = dropout(linear(firstToken(x), albert.pooler, 'tanh'), dropAt(context, config.pairDropout, 'pair'));
  const pair = linear(pooled, pairHead.classifier);
  return {
    logits: { prediction_logits: tokens, sop_logits: pair },
    ...sumLosses({ mlm: tokenLoss(tokens, batch), sop: pairLoss(pair, batch) }),
  };
};
