import { allocateFlat, releaseFlat, uploadFlat } from './gpu/flat.ts';
import type { Flat } from './gpu/layout.ts';
import { wrap } from './gpu/tensors.ts';
import { fusedOn } from './kernels/kernel.ts';
import type { Tensor } from './tf.ts';
import * as tf from './tf.ts';

/** Weights that never move, each put where it is computed with as soon as it is there. */
export interface Frozen {
  /** The numbers may be forgotten afterwards. */
  add(values: Float32Array, shape: readonly number[]): Tensor;
  dispose(): void;
}

/** On the GPU each weight has a texture to itself, and nothing of it stays on the CPU. */
export function createFrozen(): Frozen {
  const gpu = fusedOn();
  const flats: Flat[] = [];
  const tensors: Tensor[] = [];
  return {
    add(values, shape) {
      let tensor: Tensor;
      if (gpu) {
        const flat = values.length > 0 ? uploadFlat(gpu, values) : allocateFlat(gpu, 1);
        flats.push(flat);
        tensor = wrap({ kind: 'flat', flat, offset: 0 }, shape);
      } else tensor = tf.tensor(values, [...shape], 'float32');
      tensors.push(tf.keep(tensor));
      return tensor;
    },
    dispose() {
      tf.dispose(tensors);
      if (gpu) for (const flat of flats) releaseFlat(gpu, flat);
      tensors.length = 0;
      flats.length = 0;
    },
  };
}
