import type { Batch } from '../models/architecture.ts';
import * as tf from '../nn/tf.ts';
import { type Arrays, axesOf } from '../objectives/batch.ts';
import { type RowName, rowFields } from '../objectives/rows.ts';

/** What says where the scored places are. */
const ofSlots: readonly RowName[] = ['positions', 'labels', 'weights'];

/**
 * Padded rows as tensors; the caller disposes of them. Without `scored` the places are left out: logits are wanted
 * everywhere.
 */
export function toTensors(arrays: Arrays, scored = true): Batch {
  const tensors = (Object.keys(rowFields) as RowName[]).flatMap((name) => {
    const values = arrays[name];
    if (!values || (!scored && ofSlots.includes(name))) return [];
    const { kind, axes } = rowFields[name];
    const [first = 1, ...rest] = axesOf(rowFields[name], arrays);
    // Slots of all rows stand on one axis.
    const shape =
      axes[0] === 'slot' ? [arrays.rows * first] : [arrays.rows, ...(axes.length > 0 ? [first] : []), ...rest];
    return [[name, tf.tensor(values, shape, kind === 'int' ? 'int32' : 'float32')] as const];
  });
  return Object.fromEntries(tensors) as unknown as Batch;
}
