import type { HeadNumbers } from '../../figures/head-inside.ts';
import type { Row } from '../../figures/model-picture.ts';
import { softmax } from '../../training/frame.ts';
import type { Snapshot } from '../../training/protocol.ts';
import { mapped, type Rows, rowsOf } from '../terms/numbers.ts';
import { blockOf, endOf, noText, placeOf, type Question, titled, tooLong } from './block-question.ts';
import { rowsFrom } from './head-source.ts';
import { ending, type MapNames, mapOf } from './head-weights.ts';
import type { Seen } from './model.ts';

/** The weights that make a kernel for each token, and the values that it weighs. */
interface KernelNames {
  readonly query: MapNames;
  /** [hidden, 1, span]: each number of a token by itself, along the text. */
  readonly along: string;
  /** [all, hidden, 1] and [all, 1]: what leads from there to as many numbers as a query has. */
  readonly across: MapNames;
  /** [heads · span, all]. */
  readonly kernel: MapNames;
  readonly values: MapNames;
}

/** What a run is to be asked so that the kernels of a layer can be computed. */
export interface KernelQuestion extends Question {
  readonly tokens: readonly string[];
  readonly state: string;
  readonly kernel: string;
  readonly names: KernelNames;
}
export interface KernelSource extends Pick<KernelQuestion, 'tokens' | 'names'> {
  readonly weights: Readonly<Record<string, Float32Array>>;
  /** [batch, seq, hidden]; behind the tokens there may be padding, which a kernel reaches like any token. */
  readonly state: Snapshot;
  /** What the run itself made: [batch, seq, kernel, neighbour]. */
  readonly kernel: Snapshot;
}

/** What is to be asked for the kernels of a layer, or in a sentence why they cannot be computed. */
export function kernelQuestion(seen: Seen, rows: readonly Row[], id: string): KernelQuestion | string {
  const place = placeOf(seen, rows, id);
  const piece = place && titled(place.block.pieces, 'span kernels');
  const [kernel] = piece?.taps ?? [];
  const state = place && endOf(blockOf(place, place.block.reads[0]));
  if (!place || kernel === undefined || state === undefined) return 'There is no convolution here.';
  const { pieces, example, tokens } = place;
  const all = pieces.flatMap(({ parameters }) => parameters);
  const map = (name: string) => mapOf(all, name)!;
  const near = 'key_conv_attn_layer';
  if (!example || tokens.length === 0) return noText;
  if (tokens.length > seen.run.recipe.maxLength) return tooLong;
  return {
    name: `${id}, kernels`,
    example,
    taps: [state, kernel],
    tokens,
    state,
    kernel,
    names: {
      query: map('self.query'),
      along: ending(all, `${near}.depthwise.weight`)!,
      across: { weight: ending(all, `${near}.pointwise.weight`)!, bias: ending(all, `${near}.bias`)! },
      kernel: map('conv_kernel_layer'),
      values: map('conv_out_layer'),
    },
  };
}

/** How many heads have a kernel, and how many tokens it spans. */
export const kernelsOf = ({ kernel }: Pick<KernelSource, 'kernel'>) => ({
  heads: kernel.shape[2] ?? 1,
  span: kernel.shape[3] ?? 1,
});

/** Rows of a text about a place, the leftmost first; zeros beyond the ends. */
const about = (x: Rows, place: number, span: number): Rows =>
  rowsOf(span, x.width, (k, c) => x.data[(place + k - (span - 1) / 2) * x.width + c] ?? 0);

/**
 * One kernel at one place: what it makes of each neighbour, their shares, and the values that it weighs. Neighbours
 * beyond the ends take their share as well, of nothing. Jiang et al. 2020, §3.2, eq. 4 and 5.
 */
export function kernelNumbers(source: KernelSource, head: number, place: number): HeadNumbers {
  const { tokens, names, weights, state } = source;
  const { heads, span } = kernelsOf(source);
  const through = (x: Rows, { weight, bias }: MapNames) => mapped(x, weights[weight]!, weights[bias ?? '']);
  const all = rowsFrom(state);
  const near = about(all, place, span);
  const along = weights[names.along]!;
  const gathered = rowsOf(1, all.width, (_, c) => {
    let sum = 0;
    for (let k = 0; k < span; k++) sum += along[c * span + k]! * near.data[k * all.width + c]!;
    return sum;
  });
  const keys = through(gathered, names.across);
  const asked = through(rowsFrom(state, 1, place), names.query);
  const product = { ...asked, data: asked.data.map((value, c) => value * keys.data[c]!) };
  const own = (values: ArrayLike<number>) => Array.from({ length: span }, (_, k) => values[head * span + k] ?? 0);
  const bias = own(weights[names.kernel.bias ?? ''] ?? []);
  const products = own(mapped(product, weights[names.kernel.weight]!).data);
  const scores = products.map((value, k) => value + bias[k]!);
  const width = asked.width / heads;
  const first = place - (span - 1) / 2;
  const isInside = (k: number) => first + k >= 0 && first + k < all.count;
  const values = through(near, names.values);
  return {
    tokens: scores.map((_, k) => tokens[first + k] ?? (isInside(k) ? '[PAD]' : '–')),
    query: (span - 1) / 2,
    first,
    isKernel: true,
    state: { values: near.data, width: near.width },
    asked: product.data,
    terms: [
      { title: 'product', values: products },
      { title: 'bias', values: bias },
    ],
    scores,
    mask: scores.map(() => true),
    shares: softmax(scores),
    values: rowsOf(span, width, (k, c) => (isInside(k) ? values.data[k * values.width + head * width + c]! : 0)).data,
    numbers: width,
  };
}

/** The largest difference between the shares of a kernel and what the run itself has there. */
export function kernelDeparture(source: KernelSource, head: number, place: number, { shares }: HeadNumbers): number {
  const { heads, span } = kernelsOf(source);
  const from = (place * heads + head) * span;
  const own = source.kernel.data.subarray(from, from + span);
  return own.reduce((most, share, k) => Math.max(most, Math.abs(share - (shares[k] ?? 0))), 0);
}
