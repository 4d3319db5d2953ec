import type { TreeOf } from '../../core/params.ts';
import { addNoNorm, noNorm } from '../../nn/kernels/no-norm.ts';
import { addNorm, attentionFrom, type Dropout, layerNorm, linear, type NormParams } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import type { MobilebertConfig, NormKind } from './config.ts';
import type { MobilebertParts } from './spec.ts';

export type Layer = TreeOf<MobilebertParts['model']['mobilebert']['encoder']['layer'][number], Tensor>;

/** What the reference's layer norms have where the configuration's does not reach them. */
export const otherEpsilon = 1e-5;

/** Norms of a kind, without a residual and with one; dropout of x alone. x, residual [..., width] → the same. */
export const normsOf = (kind: NormKind) =>
  kind === 'no_norm'
    ? {
        norm: (x: Tensor, params: NormParams, _: number) => noNorm(x, params),
        add: (x: Tensor, residual: Tensor, params: NormParams, _: number, drop?: Dropout) =>
          addNoNorm(x, residual, params, drop),
      }
    : { norm: layerNorm, add: addNorm };

/** What a layer must know beside its weights. */
export interface LayerContext {
  readonly keep: Tensor;
  /** Dropout of a place by its name, of the attention's probabilities or of what ends a part of the layer. */
  drop(place: 'attention' | 'attention.output' | 'output'): Dropout | undefined;
  /** Receives the probabilities [batch, head, query, key]; asking for them takes the plain path. */
  readonly onMap?: ((probabilities: Tensor) => void) | undefined;
  /** Receives what stands between the two maps of the last feed-forward network. */
  readonly onInner?: ((inner: Tensor) => void) | undefined;
}

/**
 * One layer: narrowed, attention, feed-forward networks one after another, widened again. h [batch, seq, hidden] → the
 * same. Sun et al. 2020, §3.1 and fig. 1.
 */
export function applyLayer(h: Tensor, layer: Layer, config: MobilebertConfig, context: LayerContext): Tensor {
  const { heads, activation, epsilon, source } = config;
  const { keep, drop, onMap, onInner } = context;
  const { norm, add } = normsOf(config.norm);
  const { bottleneck, attention, ffn, intermediate, output } = layer;
  const narrow = (step: NonNullable<typeof bottleneck>['input']) =>
    norm(linear(h, step.dense), step.LayerNorm, epsilon);
  // Inside a bottleneck nothing is dropped.
  const dropInside = (place: 'attention.output' | 'output') => (bottleneck ? undefined : drop(place));

  const inside = bottleneck ? narrow(bottleneck.input) : h; // [batch, seq, inside]
  const isNarrowed = source === 'bottleneck';
  const asking = isNarrowed ? inside : bottleneck?.attention ? narrow(bottleneck.attention) : h;
  const { query, key, value } = attention.self;
  const seen = attentionFrom([linear(asking, query), linear(asking, key), linear(isNarrowed ? inside : h, value)], {
    heads,
    mask: { keep },
    dropout: drop('attention'),
    tap: onMap,
  });
  const { dense, LayerNorm } = attention.output;
  let x = add(linear(seen, dense), inside, LayerNorm, epsilon, dropInside('attention.output'));
  for (const { intermediate: first, output: second } of ffn)
    x = add(linear(linear(x, first.dense, activation), second.dense), x, second.LayerNorm, epsilon);
  const inner = linear(x, intermediate.dense, activation);
  onInner?.(inner);
  const y = add(linear(inner, output.dense), x, output.LayerNorm, otherEpsilon, dropInside('output'));
  const wide = output.bottleneck;
  return wide ? add(linear(y, wide.dense), h, wide.LayerNorm, epsilon, drop('output')) : y;
}
