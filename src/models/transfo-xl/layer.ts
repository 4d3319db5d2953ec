import type { TreeOf } from '../../core/params.ts';
import { addNorm, dropout, layerNorm, linear, relativeAttention } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context } from '../architecture.ts';
import { dropAt } from '../shared/encoder.ts';
import { inSight } from '../shared/memory.ts';
import { showing } from '../shared/tap.ts';
import type { TransfoXlConfig } from './config.ts';
import type { TransfoXlParts } from './spec.ts';

type Layer = TreeOf<TransfoXlParts['model']['transformer']['layers'][number], Tensor>;

/** What a layer looks at beside the segment it reads. */
export interface Seen {
  /** What went into the layer before: [memory, batch, hidden]. */
  readonly before: Tensor | undefined;
  /** Sinusoids of the distances [key + query, hidden], the farthest first. */
  readonly places: Tensor;
  /** [query, key], 1 = may attend. */
  readonly visible: Tensor;
}

/**
 * One layer: x [batch, seq, hidden] → the same. Dai et al. 2019, §3.3: keys and values are those of the memory and of
 * the segment, queries those of the segment alone. With `preNorm` the memory is normed when it is used.
 */
export function advance(
  x: Tensor,
  { dec_attn: attention, pos_ff: feed }: Layer,
  { before, places, visible }: Seen,
  i: number,
  config: TransfoXlConfig,
  context: Context,
): Tensor {
  const { heads, epsilon, preNorm } = config;
  const drop = (place: string, rate = config.dropout) => dropAt(context, rate, `layer.${i}.${place}`);
  const read = (y: Tensor, norm: Layer['pos_ff']['layer_norm']) => (preNorm ? layerNorm(y, norm, epsilon) : y);
  /** The sum of a part with what went into it. */
  const sum = (part: Tensor, y: Tensor, norm: Layer['pos_ff']['layer_norm'], place: string) =>
    preNorm ? tf.add(dropout(part, drop(place)), y) : addNorm(part, y, norm, epsilon, drop(place));

  const asking = read(x, attention.layer_norm);
  const content = before ? read(inSight(x, before), attention.layer_norm) : asking; // [batch, key, hidden]
  const [query, key, value] = tf.split(attention.qkv_net.weight, 3);
  const given = {
    q: linear(asking, { weight: query! }),
    k: linear(content, { weight: key! }),
    v: linear(content, { weight: value! }),
    places: linear(places, attention.r_net),
    contentShift: attention.r_w_bias,
    distanceShift: attention.r_r_bias,
  };
  const found = relativeAttention(given, {
    heads,
    mask: { visible },
    dropout: drop('attention', config.attentionDropout),
    tap: showing(context, `attention.${i}`),
  });
  const attended = sum(linear(found, attention.o_net), x, attention.layer_norm, 'attention.output');
  const { 0: widen, 3: narrow } = feed.CoreNet;
  const inner = linear(read(attended, feed.layer_norm), widen, 'relu');
  context.tap?.see(`inner.${i}`, inner);
  return sum(linear(dropout(inner, drop('inner')), narrow), attended, feed.layer_norm, 'output');
}
