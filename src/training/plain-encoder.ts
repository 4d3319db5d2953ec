import { softmax } from './frame.ts';
import type { Trained } from './trained-model.ts';

/** Rows of numbers, [rows, width]. */
interface Rows {
  readonly width: number;
  readonly data: Float64Array;
}

/** What a model makes of one text. */
export interface PlainReading {
  /** Into the first layer, and out of each: [seq, hidden]. */
  readonly states: readonly Rows[];
  /** A layer's attention, [head, query, key]. */
  readonly maps: readonly Float64Array[];
  /** What it says at a place before softmax: [vocab]. */
  logitsAt(place: number): Float64Array;
}

/** The stems of a layer's weights: query, key, value, what gathers the heads, its norm, two maps, their norm. */
type InLayer = readonly [string, string, string, string, string, string, string, string];

/** Where a model's weights are found: the stems of their names. */
interface Names {
  readonly words: string;
  readonly places: string;
  readonly kinds?: string;
  readonly norm: string;
  /** Rows of the table of places that are never read. */
  readonly skipped?: number;
  readonly layer: (i: number) => string;
  readonly inLayer: InLayer;
  /** What answers with words, by the table of words; absent: it answers something else. */
  readonly head?: { readonly transform: string; readonly norm: string; readonly bias: string };
  /** Of a variance, as the published code has it. */
  readonly epsilon: number;
  /** The part of the configuration that has the sizes, where that is not the whole. */
  readonly part?: 'discriminator' | 'encoder';
}

const tablesOf = (stem: string) => ({
  words: `${stem}.word_embeddings`,
  places: `${stem}.position_embeddings`,
  norm: `${stem}.LayerNorm`,
});
const layersOfBert: InLayer = [
  ...(['query', 'key', 'value'].map((one) => `attention.self.${one}`) as [string, string, string]),
  'attention.output.dense',
  'attention.output.LayerNorm',
  'intermediate.dense',
  'output.dense',
  'output.LayerNorm',
];

const names: Readonly<Record<string, Names>> = {
  bert: {
    ...tablesOf('model.bert.embeddings'),
    kinds: 'model.bert.embeddings.token_type_embeddings',
    layer: (i) => `model.bert.encoder.layer.${i}`,
    inLayer: layersOfBert,
    head: {
      transform: 'model.cls.predictions.transform.dense',
      norm: 'model.cls.predictions.transform.LayerNorm',
      bias: 'model.cls.predictions.bias',
    },
    epsilon: 1e-12,
  },
  distilbert: {
    ...tablesOf('model.distilbert.embeddings'),
    layer: (i) => `model.distilbert.transformer.layer.${i}`,
    inLayer: [
      ...(['q_lin', 'k_lin', 'v_lin', 'out_lin'].map((one) => `attention.${one}`) as [string, string, string, string]),
      'sa_layer_norm',
      'ffn.lin1',
      'ffn.lin2',
      'output_layer_norm',
    ],
    head: { transform: 'model.vocab_transform', norm: 'model.vocab_layer_norm', bias: 'model.vocab_projector.bias' },
    epsilon: 1e-12,
  },
  electra: {
    ...tablesOf('discriminator.electra.embeddings'),
    kinds: 'discriminator.electra.embeddings.token_type_embeddings',
    layer: (i) => `discriminator.electra.encoder.layer.${i}`,
    inLayer: layersOfBert,
    epsilon: 1e-12,
    part: 'discriminator',
  },
  bart: {
    words: 'model.model.shared',
    places: 'model.model.encoder.embed_positions',
    skipped: 2,
    norm: 'model.model.encoder.layernorm_embedding',
    layer: (i) => `model.model.encoder.layers.${i}`,
    inLayer: [
      ...(['q_proj', 'k_proj', 'v_proj', 'out_proj'].map((one) => `self_attn.${one}`) as [
        string,
        string,
        string,
        string,
      ]),
      'self_attn_layer_norm',
      'fc1',
      'fc2',
      'final_layer_norm',
    ],
    epsilon: 1e-5,
    part: 'encoder',
  },
};

/** The sizes of a configuration, or of that part of it. */
interface Sizes {
  readonly heads: number;
  readonly layers: number;
  readonly hidden: number;
  readonly causal?: boolean;
}

/** The error function to 1.5e-7. Abramowitz and Stegun 1964, 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
const gelu = (x: number): number => 0.5 * x * (1 + erf(x * Math.SQRT1_2));

/**
 * What a trained BERT, DistilBERT, ELECTRA's judge or BART's encoder makes of one text without padding, in plain numbers,
 * for pictures that need a sentence or two and no engine. Dropout is off; every token is seen by every other, or by
 * those behind it where the model reads from the left. ELECTRA's table of words must be as wide as its layers.
 */
export function readPlainly({ blueprint, config, weights }: Trained, ids: readonly number[]): PlainReading {
  const at = names[blueprint.id];
  if (!at) throw new Error(`expected one of ${Object.keys(names).join(', ')}, found ${blueprint.id}`);
  const whole = config as Sizes & Readonly<Record<string, object>>;
  const { heads, layers, hidden, causal }: Sizes = { ...whole, ...(at.part && whole[at.part]) };
  const seq = ids.length;
  const weight = (name: string): Float32Array => {
    const found = weights.get(name);
    if (!found) throw new Error(`expected ${name} among the weights, found ${weights.size} others`);
    return found;
  };

  const linear = ({ data, width }: Rows, stem: string, through = (x: number) => x): Rows => {
    const [map, shift] = [weight(`${stem}.weight`), weight(`${stem}.bias`)];
    const out = Float64Array.from({ length: (data.length / width) * shift.length }, (_, i) => {
      const [row, to] = [Math.floor(i / shift.length) * width, i % shift.length];
      let sum = shift[to]!;
      for (let k = 0; k < width; k++) sum += map[to * width + k]! * data[row + k]!;
      return through(sum);
    });
    return { width: shift.length, data: out };
  };
  const normed = ({ data, width }: Rows, stem: string): Rows => {
    const [gain, shift] = [weight(`${stem}.weight`), weight(`${stem}.bias`)];
    const out = new Float64Array(data.length);
    for (let row = 0; row < data.length; row += width) {
      const own = data.subarray(row, row + width);
      const mean = own.reduce((sum, x) => sum + x, 0) / width;
      const variance = own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / width;
      own.forEach((x, k) => {
        out[row + k] = ((x - mean) / Math.sqrt(variance + at!.epsilon)) * gain[k]! + shift[k]!;
      });
    }
    return { width, data: out };
  };
  const plus = (a: Rows, b: Rows): Rows => ({ width: a.width, data: a.data.map((x, i) => x + b.data[i]!) });

  /** [head, query, key] and what the heads bring back, [seq, hidden]. */
  function attend(q: Rows, k: Rows, v: Rows): { readonly map: Float64Array; readonly brought: Rows } {
    const width = hidden / heads;
    const map = new Float64Array(heads * seq * seq);
    const brought = new Float64Array(seq * hidden);
    for (let head = 0; head < heads; head++)
      for (let i = 0; i < seq; i++) {
        const scores = Float64Array.from({ length: seq }, (_, j) => {
          if (causal && j > i) return Number.NEGATIVE_INFINITY;
          let sum = 0;
          for (let c = head * width; c < (head + 1) * width; c++)
            sum += q.data[i * hidden + c]! * k.data[j * hidden + c]!;
          return sum / Math.sqrt(width);
        });
        const shares = softmax(scores);
        map.set(shares, (head * seq + i) * seq);
        for (let c = head * width; c < (head + 1) * width; c++)
          brought[i * hidden + c] = shares.reduce((sum, share, j) => sum + share * v.data[j * hidden + c]!, 0);
      }
    return { map, brought: { width: hidden, data: brought } };
  }

  const words = weight(`${at.words}.weight`);
  const places = weight(`${at.places}.weight`);
  const kinds = at.kinds && weight(`${at.kinds}.weight`);
  const sum = Float64Array.from({ length: seq * hidden }, (_, i) => {
    const [place, k] = [Math.floor(i / hidden), i % hidden];
    return (
      words[ids[place]! * hidden + k]! + places[(place + (at.skipped ?? 0)) * hidden + k]! + (kinds ? kinds[k]! : 0)
    );
  });
  let x = normed({ width: hidden, data: sum }, at.norm);
  const states = [x];
  const maps: Float64Array[] = [];
  for (let i = 0; i < layers; i++) {
    const [query, key, value, gather, norm, inner, outer, last] = at.inLayer.map((one) => `${at.layer(i)}.${one}`);
    const { map, brought } = attend(linear(x, query!), linear(x, key!), linear(x, value!));
    const attended = normed(plus(linear(brought, gather!), x), norm!);
    x = normed(plus(linear(linear(attended, inner!, gelu), outer!), attended), last!);
    states.push(x);
    maps.push(map);
  }
  return {
    states,
    maps,
    logitsAt(place) {
      if (!at.head) throw new Error(`expected a model that answers with words, found ${blueprint.id}`);
      const row = { width: hidden, data: x.data.slice(place * hidden, (place + 1) * hidden) };
      const { data } = normed(linear(row, at.head.transform, gelu), at.head.norm);
      const bias = weight(at.head.bias);
      return Float64Array.from(bias, (shift, id) => {
        let score = shift;
        for (let k = 0; k < hidden; k++) score += words[id * hidden + k]! * data[k]!;
        return score;
      });
    },
  };
}
