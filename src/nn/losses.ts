import { fusedBinaryCrossEntropy } from './kernels/binary-cross-entropy.ts';
import { fusedCrossEntropy } from './kernels/cross-entropy.ts';
import type { Tensor } from './tf.ts';

export { weightedMean } from './kernels/mean-loss.ts';

/**
 * Mean negative log-likelihood: logits [n, classes], labels [n] int32, weights [n] → scalar; 0 when all weights are 0.
 */
export function crossEntropy(logits: Tensor, labels: Tensor, weights: Tensor): Tensor {
  return fusedCrossEntropy([logits], { labels, weights });
}

/** Mean of sigmoid cross-entropy: logits, labels (0 or 1), weights, each [n] → scalar. Stable for large logits. */
export function binaryCrossEntropy(logits: Tensor, labels: Tensor, weights: Tensor): Tensor {
  return fusedBinaryCrossEntropy([logits], { labels, weights });
}
