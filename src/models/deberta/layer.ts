import type { TreeOf } from '../../core/params.ts';
import { activate, addNorm, type Dropout, dropout, keepRows, linear, neighbours } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context } from '../architecture.ts';
import { dropAt } from '../shared/encoder.ts';
import { showing } from '../shared/tap.ts';
import { attend, heard } from './attention.ts';
import type { DebertaConfig } from './config.ts';
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

/** Where a layer stands: its number, and what its taps begin with. */
export interface Turn {
  readonly i: number;
  readonly prefix?: string;
  /** What it looks at, where that is something else than what asks. */
  readonly contents?: readonly Tensor[];
  readonly places: readonly Tensor[];
  /** What asks, before absolute places were added. */
  readonly unplaced?: Tensor | undefined;
}

const dropsOf =
  ({ config, context }: Surroundings, prefix: string, i: number) =>
  (name: string, rate?: number) =>
    dropAt(context, rate ?? config.hiddenDropout, `${prefix}layer.${i}.${name}`);

/** The distances as a layer hears them. */
export const placesOf = (layer: Layer, surroundings: Surroundings, i: number, prefix = ''): readonly Tensor[] =>
  heard(
    layer.attention.self,
    surroundings.distances,
    surroundings.config,
    dropsOf(surroundings, prefix, i)('distances'),
  );

/** One post-norm layer: x [batch, seq, hidden] → the same. */
export function advance(x: Tensor, layer: Layer, surroundings: Surroundings, turn: Turn): Tensor {
  const { attention, intermediate, output } = layer;
  const { config, context, keep } = surroundings;
  const { i, prefix = '', contents = [], places, unplaced } = turn;
  const { epsilon, attentionDropout } = config;
  const drop = dropsOf(surroundings, prefix, i);
  const isWanted = termNames(config, i, prefix).some((name) => context.tap?.wants(name));
  const how = {
    mask: { keep, mutual: true },
    dropout: drop('attention', attentionDropout),
    showMap: showing(context, `${prefix}attention.${i}`),
    showTerm: isWanted
      ? (name: string, value: Tensor) => showing(context, `${prefix}${name}.${i}`)?.(value)
      : undefined,
    unplaced,
  };
  const seen = attend(x, attention.self, { contents, places }, how, config);
  const { dense, LayerNorm } = attention.output;
  const attended = addNorm(linear(seen, dense), x, LayerNorm, epsilon, drop('attention.output'));
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
