import type { Batch } from '../../src/models/architecture.ts';
import * as tf from '../../src/nn/tf.ts';

/**
 * One row of so many tokens out of a vocabulary of 24, of which `kept` are no padding; `first` is the token it begins
 * with. Logits are wanted everywhere.
 */
export function longBatch(length: number, { kept = length, first = 5 } = {}): Batch {
  const ids = Array.from({ length }, (_, i) => (i === 0 ? first : i < kept ? 5 + ((i * 7) % 19) : 0));
  return {
    ids: tf.tensor2d([ids], undefined, 'int32'),
    segments: tf.zeros([1, length], 'int32'),
    keep: tf.tensor2d([ids.map((_, i) => Number(i < kept))]),
  };
}
