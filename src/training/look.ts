import type { TreeOf } from '../core/params.ts';
import type { Rng } from '../core/rng.ts';
import type { AnyForward, Parts } from '../models/architecture.ts';
import { tapFor } from '../models/shared/tap.ts';
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
}

/** The values of the named taps (and `logits.<name>`) for a batch, with dropout off. */
export async function look(
  { forward, params, config, rng }: Looked,
  arrays: Arrays,
  taps: readonly string[],
): Promise<Record<string, Snapshot>> {
  const batch = toTensors(arrays, false);
  const wanted = new Map<string, Tensor>();
  try {
    tf.tidy(() => {
      const tap = tapFor(taps, (name, value) => wanted.set(name, tf.keep(tf.clone(value))));
      const { logits } = forward(params, config, batch, { training: false, rng, tap });
      for (const [name, value] of Object.entries(logits)) tap.see(`logits.${name}`, value);
    });
  } finally {
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
