import type { MapPattern, NamedAxes, Question, Side } from '../models/architecture.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import type { Bytes, Frame, Guess, Share } from './probed.ts';
import type { Snapshot } from './protocol.ts';

/** Numbers of each state that are kept: enough to tell states apart in a strip. */
export const stateNumbers = 12;
/** Guesses kept a place. */
const kept = 5;

/** Shares are kept to four places: finer than a byte. */
const rounded = (share: number): number => Math.round(share * 1e4) / 1e4;

/** Softmax of one row of logits, stable. */
export function softmax(row: ArrayLike<number>): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < row.length; i++) highest = Math.max(highest, row[i]!);
  const values = Float64Array.from(row, (x) => Math.exp(x - highest));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/**
 * What the model says at every asked place. Logits of the very example: a row a place [1, seq, vocab], or, where an
 * order was given, a row a target in the order of their places.
 */
export function guessesOf(example: Example, { shape, data }: Snapshot): readonly Guess[] {
  const width = shape.at(-1) ?? 1;
  const asked = example.labels.flatMap((label, place) => (label === IGNORE ? [] : [{ label, place }]));
  return asked.map(({ label, place }, k) => {
    const row = example.permMask ? k : place;
    const shares = softmax(data.subarray(row * width, (row + 1) * width));
    const order = Array.from(shares.keys()).sort((a, b) => shares[b]! - shares[a]!);
    const truth = shares[label] ?? 0;
    const entropy = shares.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
    return {
      place: place + (example.shift ?? 0),
      truth: { id: label, share: rounded(truth) },
      rank: shares.filter((share) => share >= truth).length,
      among: rounded(Math.exp(entropy)),
      top: order.slice(0, kept).map((id) => ({ id, share: rounded(shares[id]!) })),
    };
  });
}

/** P(label 0) of each row by a model: softmax of its two logits [rows, 2]. */
export const verdictsOf = ({ shape: [rows = 1], data }: Snapshot): readonly number[] =>
  Array.from({ length: rows }, (_, row) => rounded(softmax(data.subarray(row * 2, row * 2 + 2))[0]!));

/** P(replaced) of each of `ids`: the sigmoid of the judge's logits [1, seq]. Clark et al. 2020, §2. */
export const judgedOf = (ids: readonly number[], { data }: Snapshot): readonly Share[] =>
  ids.map((id, place) => ({ id, share: rounded(sigmoid(data[place]!)) }));

/** What was written with the logits it was chosen by, [1, target, vocab]. */
export const writtenOf = (ids: readonly number[], { shape, data }: Snapshot): NonNullable<Frame['written']> => {
  const width = shape.at(-1) ?? 1;
  return ids.map((id, place) => {
    const shares = softmax(data.subarray(place * width, (place + 1) * width));
    let next = id === 0 ? 1 : 0;
    shares.forEach((share, other) => {
      if (other !== id && share > shares[next]!) next = other;
    });
    return {
      id,
      share: rounded(shares[id]!),
      next: { id: next, share: rounded(shares[next]!) },
    };
  });
};

/** How long each of the two texts of an example is, in tokens. */
const lengthsOf = ({ inputIds, decoderInputIds }: Example): Readonly<Record<Side['of'], number>> => ({
  input: inputIds.length,
  decoder: decoderInputIds?.length ?? 0,
});

/** A layer's maps, [head, query, key], as bytes; what was carried from a step before is cut away from their front. */
function mapBytes({ shape, data }: Snapshot, { rows, columns }: MapPattern, example: Example): Bytes {
  const [, heads = 0, queries = 0, keys = 0] = shape;
  const lengths = lengthsOf(example);
  const [height, width] = [rows.places?.length ?? lengths[rows.of], lengths[columns.of]];
  const before = rows.of === columns.of && !rows.places ? keys - queries : 0;
  const bytes = new Uint8Array(heads * height * width);
  for (let head = 0; head < heads; head++)
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++)
        bytes[(head * height + i) * width + j] = Math.round(
          255 * (data[(head * queries + i) * keys + before + j] ?? 0),
        );
  return { shape: [heads, height, width], data: bytes, scale: 1 / 255 };
}

/** The first numbers of each token's state, [seq, numbers], as bytes with a sign. */
function stateBytes({ shape, data }: Snapshot, length: number): Bytes {
  const width = shape.at(-1) ?? 1;
  const numbers = Math.min(stateNumbers, width);
  const values = Float32Array.from({ length: length * numbers }, (_, i) => {
    return data[Math.floor(i / numbers) * width + (i % numbers)] ?? 0;
  });
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9) / 127;
  return { shape: [length, numbers], data: Int8Array.from(values, (value) => Math.round(value / scale)), scale };
}

/** How strongly a feed-forward answers each token, [seq]: the mean size of its inner numbers. */
function innerBytes({ shape, data }: Snapshot, length: number): Bytes {
  const width = shape.at(-1) ?? 1;
  const means = Float32Array.from({ length }, (_, place) => {
    const row = data.subarray(place * width, (place + 1) * width);
    return row.reduce((sum, value) => sum + Math.abs(value), 0) / width;
  });
  const scale = Math.max(...means, 1e-9) / 255;
  return { shape: [length], data: Uint8Array.from(means, (value) => Math.round(value / scale)), scale };
}

/** What the values of taps are of: by their axes, or as maps of a pattern. */
export interface TapShapes {
  readonly axes: readonly NamedAxes[];
  readonly patterns: readonly MapPattern[];
}

/** The tapped values of the first row as bytes; what is neither a map nor goes along a text is left out. */
export function bytesOf(
  taps: Readonly<Record<string, Snapshot>>,
  example: Example,
  { axes: named, patterns }: TapShapes,
): Readonly<Record<string, Bytes>> {
  const lengths = lengthsOf(example);
  const targets = example.labels.filter((label) => label !== IGNORE).length;
  /** How many tokens, places or targets an axis has. */
  const along: Readonly<Record<string, number>> = { seq: lengths.input, target: lengths.decoder, slot: targets };
  const found = named.flatMap(({ name, axes }): (readonly [string, Bytes])[] => {
    const snapshot = taps[name];
    const pattern = patterns.find((one) => one.taps.includes(name));
    if (!snapshot) return [];
    if (pattern) return [[name, mapBytes(snapshot, pattern, example)]];
    const [, axis = '', last] = axes;
    const length = along[axis];
    if (length === undefined || axes.length !== 3) return [];
    return [[name, last === 'inner' ? innerBytes(snapshot, length) : stateBytes(snapshot, length)]];
  });
  return Object.fromEntries(found);
}

/** The question of a run of a kind, with the name of the logits that answer it. */
export function answerTo(
  questions: Readonly<Record<string, Question>>,
  kind: Question['kind'],
  per: Question['per'],
): string | undefined {
  const found = Object.values(questions).find((one) => one.kind === kind && one.per === per);
  return found && `logits.${found.logits}`;
}
