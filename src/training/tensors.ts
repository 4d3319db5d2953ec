import type { Batch } from '../models/architecture.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import type { Arrays } from '../objectives/batch.ts';

/** Padded rows as tensors; the caller disposes of them. Without `scored` the places are left out: logits are wanted everywhere. */
export function toTensors(arrays: Arrays, scored = true): Batch {
  const { rows, length, slots } = arrays;
  const ints = (values: Int32Array, shape: number[]): Tensor => tf.tensor(values, shape, 'int32');
  const floats = (values: Float32Array, shape: number[]): Tensor => tf.tensor(values, shape, 'float32');
  return {
    ids: ints(arrays.ids, [rows, length]),
    segments: ints(arrays.segments, [rows, length]),
    keep: floats(arrays.keep, [rows, length]),
    ...(scored && {
      positions: ints(arrays.positions, [rows * slots]),
      labels: ints(arrays.labels, [rows * slots]),
      weights: floats(arrays.weights, [rows * slots]),
    }),
    ...(arrays.pairLabels && { pairLabels: ints(arrays.pairLabels, [rows]) }),
    ...(arrays.permMask && { permMask: floats(arrays.permMask, [rows, length, length]) }),
    ...(arrays.targetMapping && { targetMapping: floats(arrays.targetMapping, [rows, slots, length]) }),
    ...(arrays.replaced && { replaced: floats(arrays.replaced, [rows, length]) }),
    ...(arrays.generatorIds && { generatorIds: ints(arrays.generatorIds, [rows, length]) }),
    ...(arrays.decoderIds && { decoderIds: ints(arrays.decoderIds, [rows, length]) }),
    ...(arrays.decoderKeep && { decoderKeep: floats(arrays.decoderKeep, [rows, length]) }),
  };
}
