import type { TreeOf } from '../../core/params.ts';
import { causal } from '../../core/pattern.ts';
import {
  type AttentionParams,
  addNorm,
  attention,
  dropout,
  embed,
  embedSum,
  type LinearParams,
  layerNorm,
  linear,
  type Mask,
  type NormParams,
} from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context } from '../architecture.ts';
import { dropAt, positionIds, visible } from '../shared/encoder.ts';
import { showing } from '../shared/tap.ts';
import type { BartConfig } from './config.ts';
import { type BartParts, positionOffset } from './spec.ts';

type Weights = TreeOf<BartParts['model']['model'], Tensor>;
type Attention = Weights['encoder']['layers'][number]['self_attn'];
type FeedForward = { readonly fc1: LinearParams; readonly fc2: LinearParams; readonly final_layer_norm: NormParams };

/** Fixed in the published code; no field of the configuration. */
const epsilon = 1e-5;

const projections = ({ q_proj, k_proj, v_proj }: Attention): AttentionParams => ({
  query: q_proj,
  key: k_proj,
  value: v_proj,
});

/** One side's sublayers with its sizes, its dropout streams and its taps. */
function sublayers(side: 'encoder' | 'decoder', config: BartConfig, context: Context) {
  const { heads } = config[side];
  const drop = (place: string, rate = config.dropout) => dropAt(context, rate, `${side}.${place}`);
  return {
    /** Words and positions, normed: ids [batch, seq] → [batch, seq, hidden]. */
    embedded(weights: Weights, ids: Tensor): Tensor {
      const { embed_positions: positions, layernorm_embedding: norm } = weights[side];
      const [batch = 1, seq = 1] = ids.shape;
      const words = { table: weights.shared.weight, ids, still: config.padId };
      const places = {
        table: positions.weight,
        ids: positionIds(batch, seq, positionOffset + (context.firstPlace ?? 0)),
      };
      const sum = config.scaleEmbedding
        ? tf.add(embedSum([words], Math.sqrt(config.hidden)), embed(places.table, places.ids))
        : embedSum([words, places]);
      return dropout(layerNorm(sum, norm, epsilon), drop('embeddings'));
    },
    /** x [batch, seq, hidden] looks at itself, or at memory [batch, source, hidden]. */
    attended(
      x: Tensor,
      weights: Attention,
      norm: NormParams,
      mask: Mask,
      place: string,
      show: string,
      memory?: Tensor,
    ) {
      const options = {
        heads,
        mask,
        dropout: drop(`${place}.probabilities`, config.attentionDropout),
        tap: showing(context, show),
      };
      const seen = attention(x, projections(weights), options, memory);
      return addNorm(linear(seen, weights.out_proj), x, norm, epsilon, drop(place));
    },
    fed(x: Tensor, { fc1, fc2, final_layer_norm: norm }: FeedForward, i: number): Tensor {
      const place = `layer.${i}.output`;
      const inner = linear(x, fc1, config.activation);
      context.tap?.see(`${side}.inner.${i}`, inner);
      const dropped = dropout(inner, drop(`${place}.inner`, config.activationDropout));
      return addNorm(linear(dropped, fc2), x, norm, epsilon, drop(place));
    },
  };
}

/** What was read: ids, keep [batch, source] → [batch, source, hidden]. Lewis et al. 2020, §2.1. */
export function readSource(weights: Weights, config: BartConfig, ids: Tensor, keep: Tensor, context: Context): Tensor {
  const { embedded, attended, fed } = sublayers('encoder', config, context);
  let x = embedded(weights, ids);
  context.tap?.see('encoder.hidden.0', x);
  weights.encoder.layers.forEach((layer, i) => {
    const place = `layer.${i}`;
    x = attended(x, layer.self_attn, layer.self_attn_layer_norm, { keep }, `${place}.self`, `encoder.attention.${i}`);
    x = fed(x, layer, i);
    context.tap?.see(`encoder.hidden.${i + 1}`, x);
  });
  return x;
}

/** What a decoder looks at beside what it has written. */
export interface Source {
  /** [batch, source, hidden] */
  readonly memory: Tensor;
  /** [batch, source], 1 at real tokens. */
  readonly keep: Tensor;
}

/** What is written next, at every place: ids [batch, target] → [batch, target, hidden]. */
export function writeTarget(
  weights: Weights,
  config: BartConfig,
  ids: Tensor,
  keep: Tensor | undefined,
  source: Source,
  context: Context,
): Tensor {
  const { embedded, attended, fed } = sublayers('decoder', config, context);
  const before: Mask = { visible: visible(causal(ids.shape[1] ?? 1)), keep };
  const all: Mask = { keep: source.keep };
  let y = embedded(weights, ids);
  context.tap?.see('decoder.hidden.0', y);
  weights.decoder.layers.forEach((layer, i) => {
    const place = `layer.${i}`;
    y = attended(y, layer.self_attn, layer.self_attn_layer_norm, before, `${place}.self`, `decoder.attention.${i}`);
    context.tap?.see(`decoder.attended.${i}`, y);
    const { encoder_attn: cross, encoder_attn_layer_norm: norm } = layer;
    y = attended(y, cross, norm, all, `${place}.cross`, `cross.attention.${i}`, source.memory);
    y = fed(y, layer, i);
    context.tap?.see(`decoder.hidden.${i + 1}`, y);
  });
  return y;
}
