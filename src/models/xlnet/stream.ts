import type { TreeOf } from '../../core/params.ts';
import { addNorm, dropout, linear, putRows, takeRows } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context } from '../architecture.ts';
import { dropAt } from '../shared/encoder.ts';
import { showing } from '../shared/tap.ts';
import { ask, find, gatherUp, type Seen } from './attention.ts';
import type { XlnetConfig } from './config.ts';
import type { XlnetParts } from './spec.ts';

type Layer = TreeOf<XlnetParts['model']['transformer']['layer'][number], Tensor>;

/** One of the two streams, which share all weights. */
export interface Stream {
  /** Before the names of its taps and of its dropout streams. */
  readonly name: '' | 'query.';
  /** [batch, seq, key], 1 = may attend. */
  readonly visible: Tensor;
  /** [batch, target, seq], one-hot: where each query of the stream stands; absent: at its own place. */
  readonly targets?: Tensor;
}

/**
 * One layer of one stream: x [batch, seq | target, hidden] → the same. A query of the query stream is put where its
 * target stands, so that masks and distances are those of that place, and taken from there again.
 */
export function advance(
  x: Tensor,
  { rel_attn: weights, ff }: Layer,
  seen: Seen,
  { name, visible, targets }: Stream,
  i: number,
  config: XlnetConfig,
  context: Context,
): Tensor {
  const { heads, epsilon, activation } = config;
  const show = showing(context, `${name}attention.${i}`);
  const drop = (place: string) => dropAt(context, config.dropout, `${name}layer.${i}.${place}`);
  const asked = ask(x, weights);
  const answered = find(targets ? putRows(asked, targets) : asked, weights, seen, {
    heads,
    visible,
    dropout: drop('attention'),
    tap: show && ((probabilities) => show(atTargets(probabilities, targets))),
  });
  const taken = targets ? takeRows(answered, targets) : answered;
  const attended = addNorm(gatherUp(taken, weights), x, weights.layer_norm, epsilon, drop('attention.output'));
  const inner = linear(attended, ff.layer_1, activation);
  context.tap?.see(`${name}inner.${i}`, inner);
  return addNorm(linear(dropout(inner, drop('inner')), ff.layer_2), attended, ff.layer_norm, epsilon, drop('output'));
}

/** The targets' rows of probabilities: [batch, head, seq, key] → [batch, head, target, key]. */
function atTargets(probabilities: Tensor, targets: Tensor | undefined): Tensor {
  if (!targets) return probabilities;
  const heads = probabilities.shape[1] ?? 1;
  return tf.matMul(tf.tile(tf.expandDims(targets, 1), [1, heads, 1, 1]), probabilities);
}
