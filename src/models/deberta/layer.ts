import type { TreeOf } from '../../core/params.ts';
import { activate, addNorm, type Dropout, dropout, keepRows, linear, neighbours } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context } from '../architecture.ts';
import { dropAt } from '../shared/encoder.ts';
import { showing } from '../shared/tap.ts';
import { attend } from './attention.ts';
import type { DebertaConfig } from './config-file.ts';
import { termNames } from './terms-spec.ts';
import type { DebertaParts } from './weights-spec.ts';

type Encoder = TreeOf<DebertaParts['model']['deberta']['encoder'], Tensor>;
export type Layer = Encoder['layer'][number];
export type Convolution = Extract<Encoder['conv'], { readonly conv: unknown }>;

/** What all layers have in common. */
export interface Surroundings {
  readonly config: DebertaConfig;
  readonly context: Context;
  /** [batch, seq], 1 = real. */
  readonly keep: Tensor;
  /** [2 · seq, hidden], a row a distance, the farthest first. */
  readonly distances: Tensor | undefined;
}

/** Where a layer stands: its number, what its taps begin with, and whether places were added to what asks. */
export interface Turn {
  readonly i: number;
  readonly prefix?: string;
  readonly isPlaced?: boolean;
}

/**
 * One post-norm layer: x [batch, seq, hidden] is looked at, `asks` (absent: x itself) looks and goes on → the same.
 */
export function advance(
  x: Tensor,
  { attention, intermediate, output }: Layer,
  { config, context, keep, distances }: Surroundings,
  { i, prefix = '', isPlaced }: Turn,
  asks?: Tensor,
): Tensor {
  const { epsilon, hiddenDropout, attentionDropout } = config;
  const drop = (name: string, rate = hiddenDropout) => dropAt(context, rate, `${prefix}layer.${i}.${name}`);
  const isWanted = termNames(config, i, prefix).some((name) => context.tap?.wants(name));
  const look = {
    asks,
    distances,
    mask: { keep, mutual: true },
    dropout: drop('attention', attentionDropout),
    dropDistances: drop('distances'),
    showMap: showing(context, `${prefix}attention.${i}`),
    showTerm: isWanted
      ? (name: string, value: Tensor) => showing(context, `${prefix}${name}.${i}`)?.(value)
      : undefined,
    isPlaced,
  };
  const seen = attend(x, attention.self, look, config);
  const { dense, LayerNorm } = attention.output;
  const attended = addNorm(linear(seen, dense), asks ?? x, LayerNorm, epsilon, drop('attention.output'));
  const inner = linear(attended, intermediate.dense, config.activation);
  context.tap?.see(`${prefix}inner.${i}`, inner);
  return addNorm(linear(inner, output.dense), attended, output.LayerNorm, epsilon, drop('output'));
}

/**
 * What neighbours say, added to the first layer's output y: x, what that layer read, and y [batch, seq, hidden] → the
 * same. The published code of the second version.
 */
export function convolve(x: Tensor, y: Tensor, params: Convolution, { config, context, keep }: Surroundings): Tensor {
  const { conv, LayerNorm } = params;
  const drop: Dropout | undefined = dropAt(context, config.hiddenDropout, 'convolution');
  const [out = 1] = conv.weight.shape;
  const map = { weight: tf.reshape(conv.weight, [out, -1]), bias: conv.bias };
  const heard = keepRows(linear(neighbours(x, config.reach), map), keep);
  return keepRows(addNorm(activate(dropout(heard, drop), config.convActivation), y, LayerNorm, config.epsilon), keep);
}
