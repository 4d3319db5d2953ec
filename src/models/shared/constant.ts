import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';

/** What `make` computes, as a constant: no gradient looks for a way through it. */
export function constant(make: () => Tensor): Tensor {
  // An operation without inputs has no way back, and what runs inside it is not recorded.
  return tf.customGrad(() => ({ value: make(), gradFunc: () => [] }))();
}
