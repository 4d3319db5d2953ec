import type { Tensor } from './tf.ts';
import * as tf from './tf.ts';

/** Keeps a mean over nothing at 0 instead of NaN. */
const tiny = 1e-9;

/** Σ w·ℓ / Σ w; 0 when all weights are 0. losses, weights [n] → scalar. */
export function weightedMean(losses: Tensor, weights: Tensor): Tensor {
  return tf.div(tf.sum(tf.mul(losses, weights)), tf.maximum(tf.sum(weights), tiny));
}

/** Mean negative log-likelihood: logits [n, classes], labels [n] int32, weights [n] → scalar. */
export function crossEntropy(logits: Tensor, labels: Tensor, weights: Tensor): Tensor {
  const classes = logits.shape[1] ?? 1;
  const picked = tf.sum(tf.mul(tf.oneHot(tf.cast(labels, 'int32') as tf.Tensor1D, classes), tf.logSoftmax(logits)), -1);
  return weightedMean(tf.neg(picked), weights);
}

/** Mean of sigmoid cross-entropy: logits, labels (0 or 1), weights, each [n] → scalar. Stable for large logits. */
export function binaryCrossEntropy(logits: Tensor, labels: Tensor, weights: Tensor): Tensor {
  const losses = tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
  return weightedMean(losses, weights);
}
