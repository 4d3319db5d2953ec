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

/** Where a model's weights are found: the stems of their names. */
interface Names {
  readonly embeddings: string;
  readonly layer: (i: number) => string;
  /** Query, key, value, what gathers the heads, its norm, the two maps of the feed-forward network, their norm. */
  readonly inLayer: readonly [string, string, string, string, string, string, string, string];
  readonly transform: string;
  readonly norm: string;
  readonly bias: string;
}

const names: Readonly<Record<string, Names>> = {
  bert: {
    embeddings: 'model.bert.embeddings',
    layer: (i) => `model.bert.encoder.layer.${i}`,
    inLayer: [
      ...(['query', 'key', 'value'].map((one) => `attention.self.${one}`) as [string, string, string]),
      'attention.output.dense',
      'attention.output.LayerNorm',
      'intermediate.dense',
      'output.dense',
      'output.LayerNorm',
    ],
    transform: 'model.cls.predictions.transform.dense',
    norm: 'model.cls.predictions.transform.LayerNorm',
    bias: 'model.cls.predictions.bias',
  },
  distilbert: {
    embeddings: 'model.distilbert.embeddings',
    layer: (i) => `model.distilbert.transformer.layer.${i}`,
    inLayer: [
      ...(['q_lin', 'k_lin', 'v_lin', 'out_lin'].map((one) => `attention.${one}`) as [string, string, string, string]),
      'sa_layer_norm',
      'ffn.lin1',
      'ffn.lin2',
      'output_layer_norm',
    ],
    transform: 'model.vocab_transform',
    norm: 'model.vocab_layer_norm',
    bias: 'model.vocab_projector.bias',
  },
};

/** Whether there is a plain way to read with a model. */
export const isPlain = ({ blueprint }: Trained): boolean => blueprint.id in names;

/** The error function to 1.5e-7. Abramowitz and Stegun 1964, 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
const gelu = (x: number): number => 0.5 * x * (1 + erf(x * Math.SQRT1_2));

/** Of a variance. Both architectures have it so small in their published code. */
const epsilon = 1e-12;

/**
 * What a trained BERT or DistilBERT makes of one text without padding, in plain numbers, for pictures that need a
 * sentence or two and no engine. Dropout is off; every token is seen by every other.
 */
export function readPlainly({ blueprint, config, weights }: Trained, ids: readonly number[]): PlainReading {
  const at = names[blueprint.id];
  if (!at) throw new Error(`expected bert or distilbert, found ${blueprint.id}`);
  const { heads, layers, hidden } = config as { heads: number; layers: number; hidden: number };
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
        out[row + k] = ((x - mean) / Math.sqrt(variance + epsilon)) * gain[k]! + shift[k]!;
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

  const words = weight(`${at.embeddings}.word_embeddings.weight`);
  const places = weight(`${at.embeddings}.position_embeddings.weight`);
  const kinds = weights.get(`${at.embeddings}.token_type_embeddings.weight`);
  const sum = Float64Array.from({ length: seq * hidden }, (_, i) => {
    const [place, k] = [Math.floor(i / hidden), i % hidden];
    return words[ids[place]! * hidden + k]! + places[place * hidden + k]! + (kinds?.[k] ?? 0);
  });
  let x = normed({ width: hidden, data: sum }, `${at.embeddings}.LayerNorm`);
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
      const row = { width: hidden, data: x.data.slice(place * hidden, (place + 1) * hidden) };
      const { data } = normed(linear(row, at.transform, gelu), at.norm);
      const bias = weight(at.bias);
      return Float64Array.from(bias, (shift, id) => {
        let score = shift;
        for (let k = 0; k < hidden; k++) score += words[id * hidden + k]! * data[k]!;
        return score;
      });
    },
  };
}
