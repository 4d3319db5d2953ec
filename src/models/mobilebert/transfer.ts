import { weightedMean } from '../../nn/losses.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';

/** How much the statistics weigh beside what is left without them, in the published code: 5000 and 5 to 100. */
const meanShare = 50;
const varianceShare = 0.05;

/** Keeps a constant row from dividing by 0, and a probability of 0 from a logarithm. */
const tiny = 1e-12;

/** Mean and variance of each row, and what is left of it without them: x [n, hidden] → [n], [n], [n, hidden]. */
function apart(x: Tensor) {
  const mean = tf.mean(x, -1, true);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), -1, true);
  const left = tf.mul(centred, tf.rsqrt(tf.add(variance, tiny)));
  return { mean: tf.squeeze(mean, [-1]), variance: tf.squeeze(variance, [-1]), left };
}

/**
 * How far states are from the teacher's: squared distance without mean and variance, those by themselves; mean over
 * the places that count. Sun et al. 2020, eq. 1, taken apart as its footnote says and the published code weighs it.
 * student, teacher [n, hidden], weights [n] → scalar.
 */
export function featureTransfer(student: Tensor, teacher: Tensor, weights: Tensor): Tensor {
  const [ours, theirs] = [apart(student), apart(teacher)];
  const between = (a: Tensor, b: Tensor) => tf.square(tf.sub(a, b));
  const left = tf.mean(between(ours.left, theirs.left), -1); // [n]
  const means = tf.mul(meanShare, between(ours.mean, theirs.mean));
  const variances = tf.mul(varianceShare, tf.abs(tf.sub(ours.variance, theirs.variance)));
  return weightedMean(tf.add(left, tf.add(means, variances)), weights);
}

/**
 * KL(teacher ‖ student) of where each query looks, mean over heads and the queries that count: student, teacher
 * [batch, head, query, key], keep [batch, query] → scalar. Sun et al. 2020, eq. 2.
 */
export function mapTransfer(student: Tensor, teacher: Tensor, keep: Tensor): Tensor {
  const log = (shares: Tensor) => tf.log(tf.add(shares, tiny));
  const farther = tf.sum(tf.mul(teacher, tf.sub(log(teacher), log(student))), -1); // [batch, head, query]
  return weightedMean(tf.reshape(tf.mean(farther, 1), [-1]), tf.reshape(keep, [-1]));
}
