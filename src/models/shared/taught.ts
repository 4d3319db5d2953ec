import type { TreeOf } from '../../core/params.ts';
import { createRng } from '../../core/rng.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { AnyForward, Batch, Parts } from '../architecture.ts';
import { constant } from './constant.ts';
import { tapFor } from './tap.ts';

/** A trained model as it is now. */
export interface Trained {
  readonly forward: AnyForward;
  readonly params: TreeOf<Parts, Tensor>;
  readonly config: object;
}

/**
 * What a teacher makes of a batch, at every place: for each name of `wanted` (a student's own name → the teacher's tap,
 * or `logits.<name>`) the value [batch, …]. Dropout is off and no gradient finds a way through; the caller disposes of
 * the values.
 */
export function taught(
  { forward, params, config }: Trained,
  wanted: Readonly<Record<string, string>>,
  batch: Batch,
): ReadonlyMap<string, Tensor> {
  const found = new Map<string, Tensor>();
  const { positions: _, labels: __, weights: ___, pairLabels: ____, pairWeights: _____, ...everywhere } = batch;
  tf.tidy(() => {
    constant(() => {
      const tap = tapFor(Object.values(wanted), (name, value) => found.set(name, tf.keep(tf.clone(value))));
      const context = { training: false, rng: createRng('teacher'), tap };
      const { logits } = forward(params, config, everywhere, context);
      for (const [name, value] of Object.entries(logits)) tap.see(`logits.${name}`, value);
      return tf.scalar(0);
    });
  });
  return new Map(
    Object.entries(wanted).map(([own, name]) => {
      const value = found.get(name);
      if (!value)
        throw new Error(`expected ${name} of the teacher, found ${[...found.keys()].join(', ') || 'nothing'}`);
      return [own, value] as const;
    }),
  );
}
