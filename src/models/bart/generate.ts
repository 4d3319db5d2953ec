import { createRng } from '../../core/rng.ts';
import type { Params } from '../../nn/init.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context } from '../architecture.ts';
import { scored } from '../shared/heads.ts';
import { type BeamOptions, begin, extend, type Search } from './beams.ts';
import { wordLogits } from './forward.ts';
import { readSource, type Source, writeTarget } from './sides.ts';
import type { BartConfig, BartParts } from './spec.ts';

/** What is to be rewritten: ids int32 and keep float32, each [batch, source]. */
export interface Text {
  readonly ids: Tensor;
  readonly keep: Tensor;
}

type Weights = Params<BartParts>;

/** Nothing is dropped, so nothing is drawn. */
const still: Context = { training: false, rng: createRng('generate') };

/** Writes texts that begin alike: after each token the rows so far, start token first. */
export async function* greedy(
  params: Weights,
  config: BartConfig,
  text: Text,
  maxLength: number,
): AsyncGenerator<readonly (readonly number[])[]> {
  const { startId, eosId, padId } = config;
  const source = read(params, config, text, 1);
  try {
    let rows = Array.from({ length: text.ids.shape[0] ?? 0 }, () => [startId]);
    for (let n = 1; n < maxLength; n++) {
      const forced = forcedId(config, n, maxLength);
      const next = await nextLogProbabilities(params, config, source, rows, maxLength);
      rows = rows.map((ids, row) => {
        if (n > 1 && ids.includes(eosId, 1)) return [...ids, padId];
        return [...ids, forced ?? indexOfLargest(next[row]!)];
      });
      yield rows;
      if (rows.every((ids) => ids.includes(eosId, 1))) return;
    }
  } finally {
    tf.dispose([source.memory, source.keep]);
  }
}

/** Keeps several texts a row and ends with the best: after each token the search of every row. */
export async function* beamSearch(
  params: Weights,
  config: BartConfig,
  text: Text,
  { beams, maxLength, lengthPenalty }: Omit<BeamOptions, 'eosId'>,
): AsyncGenerator<readonly Search[]> {
  const options = { beams, maxLength, lengthPenalty, eosId: config.eosId };
  const source = read(params, config, text, beams);
  try {
    let searches = Array.from({ length: text.ids.shape[0] ?? 0 }, () => begin(config.startId));
    for (let n = 1; n < maxLength && searches.some(({ done }) => !done); n++) {
      // Rows of a fixed number, so that every step has the same shapes; what is missing repeats the start.
      const open = searches.flatMap(({ open }) =>
        Array.from({ length: beams }, (_, k) => open[k]?.ids ?? new Array<number>(n).fill(config.startId)),
      );
      const forced = forcedId(config, n, maxLength);
      const all = await nextLogProbabilities(params, config, source, open, maxLength);
      const rows = forced === undefined ? all : all.map((row) => row.map((_, id) => (id === forced ? 0 : -Infinity)));
      searches = searches.map((search, row) =>
        search.done ? search : extend(search, rows.slice(row * beams, (row + 1) * beams), options),
      );
      yield searches;
    }
  } finally {
    tf.dispose([source.memory, source.keep]);
  }
}

/** The source read once, each row `copies` times; the caller disposes of it. */
function read({ model }: Weights, config: BartConfig, { ids, keep }: Text, copies: number): Source {
  const [memory, mask] = tf.tidy(() => {
    const [batch = 1, seq = 1] = ids.shape;
    const many = (x: Tensor) => tf.reshape(tf.tile(tf.expandDims(x, 1), [1, copies, 1]), [batch * copies, seq]);
    const repeated = many(keep);
    return [readSource(model.model, config, many(ids), repeated, still), repeated];
  }) as [Tensor, Tensor];
  return { memory, keep: mask };
}

/** The first and the last token may be fixed; `n` tokens are written, the start token counted. */
function forcedId({ forcedBosId, forcedEosId }: BartConfig, n: number, maxLength: number): number | undefined {
  if (n === 1 && forcedBosId !== undefined) return forcedBosId;
  return n === maxLength - 1 ? forcedEosId : undefined;
}

/** Log-probabilities of the next token of every row; rows of equal length, padded to one shape for all steps. */
async function nextLogProbabilities(
  params: Weights,
  config: BartConfig,
  source: Source,
  rows: readonly (readonly number[])[],
  maxLength: number,
): Promise<Float32Array[]> {
  const n = rows[0]?.length ?? 0;
  const result = tf.tidy(() => {
    // What stands right of a place does not reach it.
    const padded = rows.flatMap((ids) => [...ids, ...new Array<number>(maxLength - n).fill(config.padId)]);
    const ids = tf.tensor2d(padded, [rows.length, maxLength], 'int32');
    const y = writeTarget(params.model.model, config, ids, undefined, source, still);
    const last = tf.tensor1d(
      rows.map((_, row) => row * maxLength + n - 1),
      'int32',
    );
    return tf.logSoftmax(wordLogits(scored(y, { positions: last }), params));
  });
  const numbers = (await result.data()) as Float32Array;
  result.dispose();
  return rows.map((_, row) => numbers.slice(row * config.vocabSize, (row + 1) * config.vocabSize));
}

const indexOfLargest = (values: Float32Array) =>
  values.reduce((most, value, i) => (value > values[most]! ? i : most), 0);
