import { createRng } from '../../core/rng.ts';
import type { Params } from '../../nn/init.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context } from '../architecture.ts';
import { scored } from '../shared/heads.ts';
import type { BartConfig } from './config.ts';
import { wordLogits } from './forward.ts';
import { readSource, type Source, writeTarget } from './sides.ts';
import type { BartParts } from './spec.ts';

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
  const memory = tf.tidy(() => readSource(params.model.model, config, text.ids, text.keep, still));
  try {
    let rows = Array.from({ length: text.ids.shape[0] ?? 0 }, () => [startId]);
    for (let n = 1; n < maxLength; n++) {
      const forced = forcedId(config, n, maxLength);
      const next = await nextLogits(params, config, { memory, keep: text.keep }, rows, maxLength);
      rows = rows.map((ids, row) => {
        if (n > 1 && ids.includes(eosId, 1)) return [...ids, padId];
        return [...ids, forced ?? indexOfLargest(next[row]!)];
      });
      yield rows;
      if (rows.every((ids) => ids.includes(eosId, 1))) return;
    }
  } finally {
    memory.dispose();
  }
}

/** The first and the last token may be fixed; `n` tokens are written, the start token counted. */
function forcedId({ forcedBosId, forcedEosId }: BartConfig, n: number, maxLength: number): number | undefined {
  if (n === 1 && forcedBosId !== undefined) return forcedBosId;
  return n === maxLength - 1 ? forcedEosId : undefined;
}

/** Logits of the next token of every row; rows of equal length, padded to one shape for all steps. */
async function nextLogits(
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
    return wordLogits(scored(y, { positions: last }), params);
  });
  const numbers = (await result.data()) as Float32Array;
  result.dispose();
  return rows.map((_, row) => numbers.slice(row * config.vocabSize, (row + 1) * config.vocabSize));
}

const indexOfLargest = (values: Float32Array) =>
  values.reduce((most, value, i) => (value > values[most]! ? i : most), 0);
