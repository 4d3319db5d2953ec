import type { TreeOf } from '../../core/params.ts';
import type { Pattern } from '../../core/pattern.ts';
import {
  type Activation,
  addNorm,
  attention,
  type Dropout,
  dropout,
  embedSum,
  gatherRows,
  type LookUp,
  layerNorm,
  linear,
  type Mask,
} from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context } from '../architecture.ts';
import type { embeddings, encoderLayer } from './encoder-spec.ts';
import { showing } from './tap.ts';

/** What the encoder must know beyond its weights. */
export interface EncoderOptions {
  readonly heads: number;
  readonly activation: Activation;
  readonly epsilon: number;
  readonly mask: Mask;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
  /** Before the names of taps and of dropout streams, for models of several parts. */
  readonly prefix?: string;
}

/** Dropout of one place, with a stream named after it; nothing outside training. */
export function dropAt({ training, rng }: Context, rate: number, place: string): Dropout | undefined {
  return training && rate > 0 ? { rate, rng: rng.fork(`dropout/${place}`) } : undefined;
}

/** A pattern as numbers [query, key], 1 = may attend. */
export function visible(pattern: Pattern): Tensor {
  return tf.tensor2d(
    pattern.map((row) => row.map(Number)),
    undefined,
    'float32',
  );
}

/** Positions `first` … `first` + seq − 1 in every row: [batch, seq]. */
export function positionIds(batch: number, seq: number, first = 0): Tensor {
  return tf.tensor2d(
    Int32Array.from({ length: batch * seq }, (_, i) => first + (i % seq)),
    [batch, seq],
    'int32',
  );
}

/** What the input must know beyond its tables. */
export interface InputOptions extends Pick<EncoderOptions, 'epsilon' | 'hiddenDropout' | 'prefix'> {
  readonly padId: number;
}

type Embeddings = TreeOf<ReturnType<typeof embeddings>, Tensor>;
type Layer = TreeOf<ReturnType<typeof encoderLayer>, Tensor>;

/**
 * Word + token type + position, normed, dropped: ids, segments, places [batch, seq] → [batch, seq, width].
 * Devlin et al. 2019, §3 and fig. 2. Places are counted from the context's first one unless given. The padding token's word learns nothing from
 * being read.
 */
export function embedInput(
  params: Embeddings,
  ids: Tensor,
  segments: Tensor,
  { epsilon, hiddenDropout, padId, prefix = '' }: InputOptions,
  context: Context,
  places: Omit<LookUp, 'table'> = { ids: positionIds(ids.shape[0] ?? 1, ids.shape[1] ?? 1, context.firstPlace) },
): Tensor {
  const sum = embedSum([
    { table: params.word_embeddings.weight, ids, still: padId },
    { table: params.token_type_embeddings.weight, ids: segments },
    { table: params.position_embeddings.weight, ...places },
  ]);
  return dropout(layerNorm(sum, params.LayerNorm, epsilon), dropAt(context, hiddenDropout, `${prefix}embeddings`));
}

/** Attention of all heads over everything that may be seen. */
const attendAll =
  ({ heads, mask, attentionDropout, prefix = '' }: EncoderOptions, context: Context): Attend =>
  (x, weights, i) =>
    attention(x, weights, {
      heads,
      mask,
      dropout: dropAt(context, attentionDropout, `${prefix}layer.${i}.attention`),
      tap: showing(context, `${prefix}attention.${i}`),
    });

/** What layer i finds of x before its output projection: x [batch, seq, hidden] → the same. */
export type Attend = (x: Tensor, weights: Layer['attention']['self'], i: number) => Tensor;

/**
 * The stack of post-norm layers: x [batch, seq, hidden] → the same. Vaswani et al. 2017, §3.1. `attend`: absent, every
 * token looks at all that the mask lets it see.
 */
export function encode(
  x: Tensor,
  layers: readonly Layer[],
  options: EncoderOptions,
  context: Context,
  attend: Attend = attendAll(options, context),
): Tensor {
  const { activation, epsilon, prefix = '' } = options;
  context.tap?.see(`${prefix}hidden.0`, x);
  layers.forEach((layer, i) => {
    const place = (name: string) => `${prefix}layer.${i}.${name}`;
    const dropHidden = (name: string) => dropAt(context, options.hiddenDropout, place(name));
    const seen = attend(x, layer.attention.self, i);
    const { dense, LayerNorm } = layer.attention.output;
    const attended = addNorm(linear(seen, dense), x, LayerNorm, epsilon, dropHidden('attention.output'));
    const inner = linear(attended, layer.intermediate.dense, activation);
    context.tap?.see(`${prefix}inner.${i}`, inner);
    x = addNorm(linear(inner, layer.output.dense), attended, layer.output.LayerNorm, epsilon, dropHidden('output'));
    context.tap?.see(`${prefix}hidden.${i + 1}`, x);
  });
  return x;
}

/** First position of every row: x [batch, seq, hidden] → [batch, hidden]. */
export function firstToken(x: Tensor): Tensor {
  const [batch = 1, seq = 1, hidden = 1] = x.shape;
  const firsts = tf.tensor1d(
    Int32Array.from({ length: batch }, (_, row) => row * seq),
    'int32',
  );
  return gatherRows(tf.reshape(x, [-1, hidden]), firsts);
}
