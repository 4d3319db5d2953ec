import type { TreeOf } from '../core/params.ts';
import type { Rng } from '../core/rng.ts';
import type { AnyForward, Parts } from '../models/architecture.ts';
import { setKernels } from '../nn/kernels/kernel.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import type { Arrays } from '../objectives/batch.ts';
import type { Snapshot } from './protocol.ts';
import { toTensors } from './tensors.ts';

/** A model as it is now. */
export interface Looked {
  readonly forward: AnyForward;
  readonly params: TreeOf<Parts, Tensor>;
  readonly config: object;
  readonly rng: Rng;
  /** What its run computes with otherwise. */
  readonly kernels: 'fused' | 'plain';
}

/** The values of the named taps (and `logits.<name>`) for a batch, with dropout off. */
export async function look(
  { forward, params, config, rng, kernels }: Looked,
  arrays: Arrays,
  taps: readonly string[],
): Promise<Record<string, Snapshot>> {
  const batch = toTensors(arrays, false);
  const wanted = new Map<string, Tensor>();
  setKernels('plain');
  try {
    tf.tidy(() => {
      const keep = (name: string, value: Tensor) => {
        if (taps.includes(name)) wanted.set(name, tf.keep(tf.clone(value)));
      };
      const { logits } = forward(params, config, batch, { training: false, rng, tap: keep });
      for (const [name, value] of Object.entries(logits)) keep(`logits.${name}`, value);
    });
  } finally {
    setKernels(kernels);
    tf.dispose(Object.values(batch));
  }
  const entries = await Promise.all(
    [...wanted].map(async ([name, value]) => {
      const data = Float32Array.from(await value.data());
      value.dispose();
      return [name, { shape: value.shape, data }] as const;
    }),
  );
  return Object.fromEntries(entries);
}
