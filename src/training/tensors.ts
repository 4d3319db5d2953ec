import type { Batch } from '../models/architecture.ts';
import * as tf from '../nn/tf.ts';
import { type Arrays, axesOf } from '../objectives/batch.ts';
import { type RowName, rowFields } from '../objectives/rows.ts';

/**
 * Padded rows as tensors; the caller disposes of them. Without `scored` the places are left out: logits are wanted
 * everywhere.
 */
export function toTensors(arrays: Arrays, scored = true): Batch {
  const tensors = (Object.keys(rowFields) as RowName[]).flatMap((name) => {
    const values = arrays[name];
    const { kind, axes } = rowFields[name];
    const isOfSlots = axes[0] === 'slot';
    if (!values || (isOfSlots && !scored)) return [];
    // Slots of all rows stand on one axis.
    const shape = isOfSlots ? [arrays.rows * arrays.slots] : [arrays.rows, ...axesOf(rowFields[name], arrays)];
    return [[name, tf.tensor(values, shape, kind === 'int' ? 'int32' : 'float32')] as const];
  });
  return Object.fromEntries(tensors) as unknown as Batch;
}
