import { weightedSum } from '../../figures/head-inside.ts';
import {
  largestOf,
  type NormedBy,
  type VectorLine,
  type VectorStep,
  type VectorSum,
} from '../../figures/vector-steps.ts';
import { gelu, mapped, type Rows, rowsOf } from '../terms/numbers.ts';
import type { Given } from './block-question.ts';
import type { FeedQuestion, NormBy } from './feed-question.ts';
import { headNumbers } from './head-numbers.ts';
import { type HeadSource, narrowed, rowsFrom } from './head-source.ts';
import type { MapNames } from './head-weights.ts';
import { type KernelSource, kernelNumbers, kernelsOf } from './kernel-numbers.ts';

/** All that the feed-forward part of a layer is computed from. */
export interface FeedSource extends Given {
  readonly asked: FeedQuestion;
}
type Weights = Given['weights'];

const activations: Readonly<Record<string, (x: number) => number>> = {
  gelu,
  // Hendrycks & Gimpel 2016, with tanh.
  gelu_new: (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
};

const row = (data: ArrayLike<number>): Rows => ({ count: 1, width: data.length, data: Float64Array.from(data) });
const sum = (a: ArrayLike<number>, b: ArrayLike<number>): Float64Array =>
  Float64Array.from(a, (value, c) => value + b[c]!);

/** How a norm makes its numbers of one vector. */
export function normBy(x: ArrayLike<number>, weights: Weights, { weight, bias, isNormed, epsilon }: NormBy): NormedBy {
  const all = Array.from(x);
  const mean = all.reduce((total, value) => total + value, 0) / all.length;
  const variance = all.reduce((total, value) => total + (value - mean) ** 2, 0) / all.length;
  const spread = Math.sqrt(variance + epsilon);
  return { statistics: isNormed ? { mean, spread } : undefined, gain: weights[weight]!, shift: weights[bias]! };
}
export const normedBy = (x: ArrayLike<number>, { statistics, gain, shift }: NormedBy): Float64Array => {
  const { mean, spread } = statistics ?? { mean: 0, spread: 1 };
  return Float64Array.from(x, (value, c) => ((value - mean) / spread) * gain[c]! + shift[c]!);
};

/** The weight from each input of a map to one output. */
function weightFrom(
  map: MapNames,
  width: number,
  { weights, asked }: FeedSource,
): (input: number, out: number) => number {
  const weight = weights[map.weight]!;
  const groups = asked.groups[map.weight] ?? 1;
  if (groups === 1) return (input, out) => weight[out * width + input]!;
  // Small maps side by side: [group, in / group, out / group].
  const [inner, outer] = [width / groups, weight.length / width];
  return (input, out) => {
    const group = Math.floor(input / inner);
    if (group !== Math.floor(out / outer)) return 0;
    return weight[(group * inner + (input % inner)) * outer + (out % outer)]!;
  };
}

function through(x: Rows, map: MapNames, source: FeedSource): Rows {
  const { weights, asked } = source;
  const bias = weights[map.bias ?? ''];
  const groups = asked.groups[map.weight] ?? 1;
  if (groups === 1) return mapped(x, weights[map.weight]!, bias);
  const from = weightFrom(map, x.width, source);
  return rowsOf(1, (weights[map.weight]!.length / x.width) * groups, (_, out) => {
    let total = bias?.[out] ?? 0;
    for (let i = 0; i < x.width; i++) total += from(i, out) * x.data[i]!;
    return total;
  });
}

/** What heads and kernels found for one row, side by side. */
function foundBy({ asked, values, weights }: FeedSource, at: number): Float64Array {
  const { heads, kernels, places } = asked;
  const found: number[] = [];
  if (heads) {
    const { state, asking, map } = heads;
    const source: HeadSource = { ...heads, weights, state: values[state]!, asking: values[asking]!, map: values[map]! };
    for (let head = 0; head < source.map.shape[1]!; head++) found.push(...weightedSum(headNumbers(source, head, at)));
  }
  if (kernels) {
    const { state, kernel } = kernels;
    const source: KernelSource = { ...kernels, weights, state: values[state]!, kernel: values[kernel]! };
    const convolved = Array.from({ length: kernelsOf(source).heads }, (_, head) =>
      weightedSum(kernelNumbers(source, head, places[at]!)),
    ).flat();
    // Where nothing is attended to, that half is empty.
    if (!heads) found.push(...convolved.map(() => 0));
    found.push(...convolved);
  }
  return Float64Array.from(found);
}

/** What goes into the first network of a layer, for one row of what asks. */
function attendedAt(source: FeedSource, at: number): Float64Array {
  const { asked, values, weights } = source;
  const state = rowsFrom(values[asked.asking]!, 1, at);
  const inside = asked.wayIn ? narrowed(state, weights, asked.wayIn) : state;
  const gathered = mapped(row(foundBy(source, at)), weights[asked.gather.weight]!, weights[asked.gather.bias ?? '']);
  const both = sum(gathered.data, inside.data);
  return normedBy(both, normBy(both, weights, asked.attended));
}

/** One network for one row: what goes in, its units, what it adds, and what goes on. */
interface Fed {
  readonly input: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly added: Float64Array;
  readonly both: Float64Array;
  readonly by: NormedBy;
  readonly output: Float64Array;
}

/** The networks of a layer up to one of them, for one row. */
function fedAt(source: FeedSource, at: number, last = source.asked.feeds.length - 1): Fed {
  const { asked, weights } = source;
  const act = activations[asked.activation]!;
  let input = attendedAt(source, at);
  for (let i = 0; ; i++) {
    const { widen, narrow, norm } = asked.feeds[i]!;
    const before = through(row(input), widen, source).data;
    const after = before.map(act);
    const added = through(row(after), narrow, source).data;
    const both = sum(added, input);
    const by = normBy(both, weights, norm);
    const output = normedBy(both, by);
    if (i === last) return { input, before, after, added, both, by, output };
    input = output;
  }
}

/** Units that have a line of their own. */
const most = 5;

/** One network of a layer for one row, down to one number of what it adds. */
export function feedNumbers(source: FeedSource, name: string, at: number, feed: number, wanted?: number): VectorSum {
  const { asked, weights } = source;
  const { input, before, after, added, both, by, output } = fedAt(source, at, feed);
  const component = wanted !== undefined && wanted < added.length ? wanted : largestOf(added);
  const { narrow } = asked.feeds[feed]!;
  const from = weightFrom(narrow, after.length, source);
  const products = after.map((value, unit) => Math.abs(value * from(unit, component)));
  const order = [...products.keys()].sort((a, b) => products[b]! - products[a]! || a - b);
  const strongest = order.slice(0, most);
  const vectorOf = (unit: number) => Float64Array.from(added, (_, out) => from(unit, out));
  const bias = weights[narrow.bias ?? ''] ?? new Float32Array(added.length);
  const own = strongest.map(
    (unit): VectorLine => ({ title: `unit ${unit + 1}`, factor: after[unit]!, vector: vectorOf(unit) }),
  );
  const rest = added.map(
    (value, out) => value - bias[out]! - own.reduce((all, { factor, vector }) => all + factor! * vector[out]!, 0),
  );
  const others = after.length - strongest.length;
  const steps: readonly VectorStep[] = [
    {
      title: 'hidden units',
      words: ['what goes in, mapped', `to ${after.length} units`],
      lines: [{ title: 'what goes in', vector: input }],
      units: { before, after, activation: asked.activation, strongest },
    },
    {
      title: 'weighted sum',
      words: ['unit × its weights:', 'the strongest first'],
      lines: [
        ...own,
        ...(others > 0 ? [{ title: `${others} others`, vector: rest }] : []),
        ...(narrow.bias === undefined ? [] : [{ title: 'bias', vector: bias }]),
      ],
      total: { title: 'what is added', vector: added },
    },
    {
      title: 'sum',
      words: ['with what went in'],
      lines: [
        { title: 'what went in', vector: input },
        { title: 'what is added', vector: added },
      ],
      total: { title: 'their sum', vector: both },
    },
    {
      title: by.statistics ? 'norm' : 'gain and shift',
      words: [],
      lines: [],
      total: { title: 'what goes on', vector: output },
      norm: by,
    },
  ];
  return { name, tokens: asked.tokens, place: asked.places[at]!, steps, component };
}

/**
 * The largest difference between what is computed and what the run itself has, in its last network: of the units, and
 * of what goes on where the layer ends in it.
 */
export function feedDeparture(source: FeedSource, at: number): number {
  const { after, output } = fedAt(source, at);
  const { inner, end } = source.asked;
  /** In units of the largest number of the run's own, where that is above 1. */
  const apart = (tap: string, own: Float64Array) => {
    const theirs = source.values[tap]!.data.subarray(at * own.length, (at + 1) * own.length);
    const largest = theirs.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
    return own.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i]!)), 0) / largest;
  };
  return Math.max(apart(inner, after), end === undefined ? 0 : apart(end, output));
}
