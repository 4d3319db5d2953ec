import { sizeOf } from '../core/params.ts';
import { allocateFlat, fillFlat, releaseFlat } from './gpu/flat.ts';
import type { Flat } from './gpu/layout.ts';
import { wrap } from './gpu/tensors.ts';
import { fusedOn } from './kernels/kernel.ts';
import type { Tensor } from './tf.ts';
import * as tf from './tf.ts';

/** A weight whose numbers come piece by piece. */
export interface Filling {
  /** The numbers from `at` on, which begin a row of a flat; they may be forgotten afterwards. */
  put(at: number, values: Float32Array): void;
  /** To be called when all of them are there. */
  end(): Tensor;
}

/** Weights that never move, each put where it is computed with as its numbers come. */
export interface Frozen {
  begin(shape: readonly number[]): Filling;
  dispose(): void;
}

/** On the GPU each weight has a texture to itself, and nothing of it stays on the CPU. */
export function createFrozen(): Frozen {
  const gpu = fusedOn();
  const flats: Flat[] = [];
  const tensors: Tensor[] = [];
  const keep = (tensor: Tensor): Tensor => {
    tensors.push(tf.keep(tensor));
    return tensor;
  };
  return {
    begin(shape) {
      const length = sizeOf(shape);
      if (!gpu) {
        const all = new Float32Array(length);
        return {
          put: (at, values) => all.set(values, at),
          end: () => keep(tf.tensor(all, [...shape], 'float32')),
        };
      }
      const flat = allocateFlat(gpu, length);
      flats.push(flat);
      return {
        put: (at, values) => fillFlat(gpu, flat, length, at, values),
        end: () => keep(wrap({ kind: 'flat', flat, offset: 0 }, shape)),
      };
    },
    dispose() {
      tf.dispose(tensors);
      if (gpu) for (const flat of flats) releaseFlat(gpu, flat);
      tensors.length = 0;
      flats.length = 0;
    },
  };
}
