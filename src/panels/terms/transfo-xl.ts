import { within, writeDistance } from '../../models/shared/distance.ts';
import type { TransfoXlConfig } from '../../models/transfo-xl/config.ts';
import { added, each, looked, mapped, normed, type Rows, rowsOf, sharesOf } from './numbers.ts';
import { type Reading, type ScoreTerm, type Splitter, summed } from './terms.ts';

const prefixOf = (i: number) => `model.transformer.layers.${i}.`;
const masked = Number.NEGATIVE_INFINITY;

/** Sinusoids of the distances 0 … seq − 1: [seq, hidden]. */
function distancesOf(seq: number, { hidden, clampLength }: TransfoXlConfig): Rows {
  const data = new Float32Array(seq * hidden);
  for (let far = 0; far < seq; far++) writeDistance(data, far * hidden, within(far, clampLength), hidden);
  return { count: seq, width: hidden, data: Float64Array.from(data) };
}

interface Parts {
  readonly q: Rows;
  readonly k: Rows;
  readonly v: Rows;
  readonly r: Rows;
  readonly contentShift: Float32Array;
  readonly distanceShift: Float32Array;
}

/** What one head of a layer is made of: x [seq, hidden]. */
function partsOf({ config, weights }: Reading, i: number, x: Rows, head: number): Parts {
  const of = config as TransfoXlConfig;
  const width = of.headWidth || of.hidden / of.heads;
  const self = `${prefixOf(i)}dec_attn.`;
  const product = mapped(x, weights[`${self}qkv_net.weight`]!);
  const far = mapped(distancesOf(x.count, of), weights[`${self}r_net.weight`]!);
  const take = (all: Rows, from: number): Rows =>
    rowsOf(all.count, width, (row, c) => all.data[row * all.width + from + head * width + c]!);
  const third = product.width / 3;
  const shift = (name: string) => weights[`${self}${name}`]!.subarray(head * width, (head + 1) * width);
  return {
    q: take(product, 0),
    k: take(product, third),
    v: take(product, 2 * third),
    r: take(far, 0),
    contentShift: shift('r_w_bias'),
    distanceShift: shift('r_r_bias'),
  };
}

/** The four terms (a) to (d), ÷ √width; what lies ahead is not looked at and is 0 here. Dai et al. 2019, §3.3. */
function termsOf({ q, k, r, contentShift, distanceShift }: Parts): readonly ScoreTerm[] {
  const n = q.count;
  const square = (id: string, name: string, asked: (i: number, c: number) => number, met: Rows, far: boolean) => ({
    id,
    name,
    map: Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      if (j > i) return 0;
      let sum = 0;
      for (let c = 0; c < q.width; c++) sum += asked(i, c) * met.data[(far ? i - j : j) * met.width + c]!;
      return sum / Math.sqrt(q.width);
    }),
  });
  const own = (i: number, c: number) => q.data[i * q.width + c]!;
  return [
    square('a', '(a) content → content', own, k, false),
    square('b', '(b) content → distance', own, r, true),
    square('c', '(c) any → content', (_, c) => contentShift[c]!, k, false),
    square('d', '(d) any → distance', (_, c) => distanceShift[c]!, r, true),
  ];
}

/** One post-norm layer without memory: x [seq, hidden] → the same. */
function advanced(reading: Reading, i: number, x: Rows): Rows {
  const { config, weights } = reading;
  const { heads, epsilon } = config as TransfoXlConfig;
  const n = x.count;
  const found = Array.from({ length: heads }, (_, head) => {
    const parts = partsOf(reading, i, x, head);
    const scores = summed(termsOf(parts)).total.map((score, at) => (at % n > Math.floor(at / n) ? masked : score));
    const shares = sharesOf(scores, n);
    return rowsOf(n, parts.v.width, (row, c) => {
      let sum = 0;
      for (let j = 0; j <= row; j++) sum += shares[row * n + j]! * parts.v.data[j * parts.v.width + c]!;
      return sum;
    });
  });
  const width = found[0]!.width;
  const seen = rowsOf(n, heads * width, (row, c) => found[Math.floor(c / width)]!.data[row * width + (c % width)]!);
  const { dec_attn: attention, pos_ff: feed } = {
    dec_attn: `${prefixOf(i)}dec_attn.`,
    pos_ff: `${prefixOf(i)}pos_ff.`,
  };
  const norm = (y: Rows, name: string) =>
    normed(y, weights[`${name}layer_norm.weight`]!, weights[`${name}layer_norm.bias`]!, epsilon);
  const attended = norm(added(mapped(seen, weights[`${attention}o_net.weight`]!), x), attention);
  const linear = (y: Rows, k: number) =>
    mapped(y, weights[`${feed}CoreNet.${k}.weight`]!, weights[`${feed}CoreNet.${k}.bias`]);
  const inner = each(linear(attended, 0), (value) => Math.max(0, value));
  return norm(added(linear(inner, 3), attended), feed);
}

/** Transformer-XL at the beginning of a text, with nothing remembered, its tables as wide as its states. */
export const splitter: Splitter = {
  stages: (config) =>
    Array.from({ length: (config as TransfoXlConfig).layers }, (_, i) => ({
      id: `layer.${i}`,
      title: `layer ${i + 1}`,
    })),
  heads: (config) => (config as TransfoXlConfig).heads,
  split(reading, stage, head) {
    const { hidden } = reading.config as TransfoXlConfig;
    const at = Number(stage.split('.')[1]);
    const table = reading.weights['model.transformer.word_emb.emb_layers.0.weight']!;
    let x = each(looked(table, hidden, reading.ids), (value) => value * Math.sqrt(hidden));
    for (let i = 0; i < at; i++) x = advanced(reading, i, x);
    return summed(termsOf(partsOf(reading, at, x, head)));
  },
};
