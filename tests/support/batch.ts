import type { Batch } from '../../src/models/architecture.ts';
import * as tf from '../../src/nn/tf.ts';

const rows = [
  [5, 7, 9, 11, 6, 8],
  [10, 5, 8, 12],
  [6, 13, 7, 5, 9],
];
const segments = [
  [0, 0, 0, 1, 1, 1],
  [0, 0, 1, 1],
  [0, 1, 1, 1, 1],
];
/** Places that bear loss, two slots a row; the last slot is empty. */
const scored = [
  [1, 4],
  [0, 2],
  [3, 0],
];
/** The same in what the decoder writes. */
const writtenPlaces = [
  [1, 3],
  [0, 2],
  [3, 0],
];
const decoder = [
  [2, 7, 5, 9],
  [2, 8, 6],
  [2, 5, 11, 7],
];

const padded = (values: readonly (readonly number[])[], length: number) =>
  values.map((row) => [...row, ...new Array<number>(length - row.length).fill(0)]);

/** 1 where the query may not see the key: the targets stand last in the order, the first of them before the second. */
function permMask(length: number): number[][][] {
  return scored.map((targets, row) =>
    Array.from({ length }, (_, i) =>
      Array.from({ length }, (_, j) => {
        if (i >= rows[row]!.length || j >= rows[row]!.length) return 1;
        const rank = targets.indexOf(j);
        return Number(rank >= 0 && (targets.indexOf(i) < 0 || targets.indexOf(i) <= rank));
      }),
    ),
  );
}

/**
 * Three rows of 6, 4 and 5 tokens out of a vocabulary of 24, with everything any architecture asks for.
 * `spare` columns of padding are appended; `target` says that the scored places are the decoder's.
 */
export function sampleBatch({ spare = 0, target = false } = {}): Batch {
  const length = 6 + spare;
  const written = 4 + spare;
  const int = (values: readonly (readonly number[])[]) => tf.tensor2d(values as number[][], undefined, 'int32');
  const float = (values: readonly (readonly number[])[]) => tf.tensor2d(values as number[][], undefined, 'float32');
  const real = (values: readonly (readonly number[])[]) => values.map((row) => row.map(() => 1));
  const width = target ? written : length;
  const asked = target ? writtenPlaces : scored;
  return {
    ids: int(padded(rows, length)),
    segments: int(padded(segments, length)),
    keep: float(padded(real(rows), length)),
    positions: tf.tensor1d(
      asked.flatMap((places, row) => places.map((at) => row * width + at)),
      'int32',
    ),
    labels: tf.tensor1d([14, 15, 16, 17, 18, 0], 'int32'),
    weights: tf.tensor1d([1, 1, 1, 1, 1, 0]),
    pairLabels: tf.tensor1d([0, 1, 1], 'int32'),
    permMask: tf.tensor3d(permMask(length)),
    targetMapping: tf.tensor3d(
      scored.map((places, row) =>
        places.map((at, k) => Array.from({ length }, (_, j) => Number(j === at && !(row === 2 && k === 1)))),
      ),
    ),
    decoderIds: int(padded(decoder, written)),
    decoderKeep: float(padded(real(decoder), written)),
  };
}
