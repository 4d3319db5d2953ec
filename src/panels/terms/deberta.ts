import type { DebertaConfig } from '../../models/deberta/config.ts';
import { encoderDepth } from '../../models/deberta/depth-spec.ts';
import { distanceRows } from '../../models/deberta/distances.ts';
import { decoderSteps } from '../../models/deberta/terms-spec.ts';
import { added, each, gelu, looked, mapped, normed, type Rows, rowsOf, sharesOf, type Weights } from './numbers.ts';
import { type Reading, type Scores, type ScoreTerm, type Splitter, summed } from './terms.ts';

const body = 'model.deberta';
const names = { c2c: 'content → content', c2p: 'content → place', p2c: 'place → content' };

/** Query, key or value of one head, of a product [tokens, 3 · hidden] that lies head by head. */
function cut(product: Rows, head: number, part: 0 | 1 | 2, width: number, bias?: Float32Array): Rows {
  const from = (head * 3 + part) * width;
  return rowsOf(
    product.count,
    width,
    (row, i) => product.data[row * product.width + from + i]! + (bias?.[head * width + i] ?? 0),
  );
}
const ofHead = (all: Rows, head: number, width: number): Rows =>
  rowsOf(all.count, width, (row, i) => all.data[row * all.width + head * width + i]!);

const dot = (a: Rows, i: number, b: Rows, j: number): number => {
  let sum = 0;
  for (let c = 0; c < a.width; c++) sum += a.data[i * a.width + c]! * b.data[j * b.width + c]!;
  return sum;
};

interface Layer {
  readonly config: DebertaConfig;
  readonly weights: Weights;
  /** Before the names of its weights. */
  readonly prefix: string;
  /** The rows of distances as a text of this length reads them, the farthest first: [2 · seq, hidden]. */
  readonly distances: Rows;
}

function layerOf({ config, weights, ids }: Reading, i: number): Layer {
  const of = config as DebertaConfig;
  const table = weights[`${body}.encoder.rel_embeddings.weight`] ?? new Float32Array();
  const rows = of.c2p || of.p2c ? distanceRows(ids.length, of) : [];
  return {
    config: of,
    weights,
    prefix: `${body}.encoder.layer.${i}.`,
    distances: looked(table, of.hidden, rows),
  };
}

/** The three terms of a head, each ÷ √(terms · width): x asks, y is looked at. He et al. 2021, eq. 4. */
function termsOf({ config, weights, prefix, distances }: Layer, x: Rows, y: Rows, head: number): readonly ScoreTerm[] {
  const { heads, hidden, c2c, c2p, p2c } = config;
  const width = hidden / heads;
  const self = `${prefix}attention.self.`;
  const map = weights[`${self}in_proj.weight`]!;
  const q = cut(mapped(x, map), head, 0, width, weights[`${self}q_bias`]);
  const k = cut(mapped(y, map), head, 1, width);
  const scale = Math.sqrt(width * Math.max(1, Number(c2c) + Number(c2p) + Number(p2c)));
  const n = x.count;
  const square = (score: (i: number, j: number) => number) =>
    Float64Array.from({ length: n * n }, (_, at) => score(Math.floor(at / n), at % n) / scale);
  const far = (name: string) =>
    ofHead(mapped(distances, weights[`${self}${name}.weight`]!, weights[`${self}${name}.bias`]), head, width);
  const found: ScoreTerm[] = [];
  if (c2c) found.push({ id: 'c2c', name: names.c2c, map: square((i, j) => dot(q, i, k, j)) });
  if (c2p) {
    const r = far('pos_proj');
    found.push({ id: 'c2p', name: names.c2p, map: square((i, j) => dot(q, i, r, n - i + j)) });
  }
  if (p2c) {
    const s = far('pos_q_proj');
    found.push({ id: 'p2c', name: names.p2c, map: square((i, j) => dot(k, j, s, n - i + j)) });
  }
  return found;
}

/** One post-norm layer: x asks, y is looked at, both [seq, hidden] → the same. */
function advanced(layer: Layer, x: Rows, y: Rows): Rows {
  const { config, weights, prefix } = layer;
  const { heads, hidden, epsilon } = config;
  const width = hidden / heads;
  const n = x.count;
  const self = `${prefix}attention.self.`;
  const product = mapped(y, weights[`${self}in_proj.weight`]!);
  const seen = { count: n, width: hidden, data: new Float64Array(n * hidden) };
  for (let head = 0; head < heads; head++) {
    const shares = sharesOf(summed(termsOf(layer, x, y, head)).total, n);
    const v = cut(product, head, 2, width, weights[`${self}v_bias`]);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let c = 0; c < width; c++)
          seen.data[i * hidden + head * width + c]! += shares[i * n + j]! * v.data[j * width + c]!;
  }
  const linear = (z: Rows, name: string) =>
    mapped(z, weights[`${prefix}${name}.weight`]!, weights[`${prefix}${name}.bias`]);
  const norm = (z: Rows, name: string) =>
    normed(z, weights[`${prefix}${name}.LayerNorm.weight`]!, weights[`${prefix}${name}.LayerNorm.bias`]!, epsilon);
  const attended = norm(added(linear(seen, 'attention.output.dense'), x), 'attention.output');
  const inner = each(linear(attended, 'intermediate.dense'), gelu);
  return norm(added(linear(inner, 'output.dense'), attended), 'output');
}

/** What goes into the first layer: words alone, normed. */
function wordsOf({ weights, ids, config }: Reading): Rows {
  const { hidden, epsilon } = config as DebertaConfig;
  const words = looked(weights[`${body}.embeddings.word_embeddings.weight`]!, hidden, ids);
  const norm = `${body}.embeddings.LayerNorm`;
  return normed(words, weights[`${norm}.weight`]!, weights[`${norm}.bias`]!, epsilon);
}

function inDecoder(reading: Reading, x: Rows, turn: number, head: number): Scores {
  const { hidden, layers } = reading.config as DebertaConfig;
  const layer = layerOf(reading, layers - 1);
  const places = reading.ids.map((_, i) => reading.firstPlace + i);
  const table = reading.weights[`${body}.embeddings.position_embeddings.weight`]!;
  let asks = added(x, looked(table, hidden, places));
  for (let i = 0; i < turn; i++) asks = advanced(layer, asks, x);
  const found = termsOf(layer, asks, x, head);
  if (turn > 0) return summed(found);
  // What the places that were added change is a term of its own.
  const own = termsOf(layer, x, x, head);
  const change = summed(found).total.map((value, at) => value - summed(own).total[at]!);
  return summed([...own, { id: 'absolute', name: 'absolute place', map: change }]);
}

/** DeBERTa's first version, with its mask decoder or without. He et al. 2021, §3. */
export const splitter: Splitter = {
  stages: (config) => {
    const depth = encoderDepth(config as DebertaConfig);
    const turns = (config as DebertaConfig).places === 'decoder' ? decoderSteps : 0;
    return [
      ...Array.from({ length: depth }, (_, i) => ({ id: `layer.${i}`, title: `layer ${i + 1}` })),
      ...Array.from({ length: turns }, (_, i) => ({ id: `decoder.${i}`, title: `mask decoder, turn ${i + 1}` })),
    ];
  },
  heads: (config) => (config as DebertaConfig).heads,
  split(reading, stage, head) {
    const [part, number] = stage.split('.');
    const depth = part === 'decoder' ? encoderDepth(reading.config as DebertaConfig) : Number(number);
    let x = wordsOf(reading);
    for (let i = 0; i < depth; i++) x = advanced(layerOf(reading, i), x, x);
    if (part === 'decoder') return inDecoder(reading, x, Number(number), head);
    return summed(termsOf(layerOf(reading, depth), x, x, head));
  },
};
