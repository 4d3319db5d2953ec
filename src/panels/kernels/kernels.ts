import type { ConvbertConfig } from '../../models/convbert/config.ts';
import { blueprint, mixOf } from '../../models/convbert/spec.ts';
import { added, looked, mapped, normed, type Rows, rowsOf, type Weights } from '../terms/numbers.ts';

/** A text as the first layer of a ConvBERT's discriminator reads it. */
export interface KernelReading {
  readonly config: ConvbertConfig;
  readonly weights: Weights;
  readonly ids: readonly number[];
}

/**
 * What a kernel is made from: nothing, as an ordinary convolution is; the word; or the word and its neighbours.
 * Jiang et al. 2020, fig. 3.
 */
export type KernelKind = 'fixed' | 'dynamic' | 'span';

const body = 'discriminator.convbert';
const self = `${body}.encoder.layer.0.attention.self`;
export const isConvbert = ({ id }: { readonly id: string }): boolean => id === blueprint.id;

/** Words and places, their sum normed: [tokens, hidden]. `place`: all tokens are taken to stand there. */
function embedded({ config, weights, ids }: KernelReading, place?: number): Rows {
  const of = (name: string) => weights[`${body}.embeddings.${name}`]!;
  const { embedding, epsilon } = config;
  const words = looked(of('word_embeddings.weight'), embedding, ids);
  const places = looked(
    of('position_embeddings.weight'),
    embedding,
    ids.map((_, i) => place ?? i),
  );
  const kinds = looked(
    of('token_type_embeddings.weight'),
    embedding,
    ids.map(() => 0),
  );
  const sum = normed(added(added(words, places), kinds), of('LayerNorm.weight'), of('LayerNorm.bias'), epsilon);
  const map = weights[`${body}.embeddings_project.weight`];
  return map ? mapped(sum, map, weights[`${body}.embeddings_project.bias`]) : sum;
}

/** Each number of a state, summed with that of its neighbours by weights of its own; zeros beyond the ends. */
function depthwise(x: Rows, weight: Float32Array, span: number, alone: boolean): Rows {
  const half = (span - 1) / 2;
  return rowsOf(x.count, x.width, (row, c) => {
    let sum = 0;
    for (let k = 0; k < span; k++) {
      const from = row + k - half;
      if (from < 0 || from >= x.count || (alone && k !== half)) continue;
      sum += weight[c * span + k]! * x.data[from * x.width + c]!;
    }
    return sum;
  });
}

/** Tokens that a kernel spans. */
export const spanOf = ({ config }: Pick<KernelReading, 'config'>): number => mixOf(config, config.discriminator).span;

/**
 * The kernels of a token's heads in the first layer, the leftmost neighbour first, each summing to 1. With `dynamic`
 * its neighbours are left out and all tokens stand at one place: what is left is the word alone.
 */
export function kernelsAt(
  reading: KernelReading,
  token: number,
  kind: 'dynamic' | 'span',
): readonly (readonly number[])[] {
  const { config, weights } = reading;
  const { heads, span } = mixOf(config, config.discriminator);
  const x = embedded(reading, kind === 'dynamic' ? 1 : undefined);
  const near = depthwise(x, weights[`${self}.key_conv_attn_layer.depthwise.weight`]!, span, kind === 'dynamic');
  const bias = weights[`${self}.key_conv_attn_layer.bias`]!;
  const key = mapped(near, weights[`${self}.key_conv_attn_layer.pointwise.weight`]!, bias);
  const asked = mapped(x, weights[`${self}.query.weight`]!, weights[`${self}.query.bias`]);
  const met = { ...key, data: key.data.map((value, i) => value * asked.data[i]!) };
  const map = weights[`${self}.conv_kernel_layer.weight`]!;
  const { data, width } = mapped(met, map, weights[`${self}.conv_kernel_layer.bias`]);
  return Array.from({ length: heads }, (_, head) => {
    const from = token * width + head * span;
    const row = Array.from(data.subarray(from, from + span));
    const most = Math.max(...row);
    const shares = row.map((score) => Math.exp(score - most));
    const sum = shares.reduce((total, one) => total + one, 0);
    return shares.map((share) => share / sum);
  });
}

/** The weights of an ordinary convolution: those by which one number of the states is gathered for the span's key. */
export function fixedKernels({ config, weights }: KernelReading, channels: number): readonly (readonly number[])[] {
  const { span } = mixOf(config, config.discriminator);
  const weight = weights[`${self}.key_conv_attn_layer.depthwise.weight`]!;
  return Array.from({ length: channels }, (_, c) => Array.from(weight.subarray(c * span, (c + 1) * span)));
}
