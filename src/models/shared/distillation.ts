import { weightedMean } from '../../nn/losses.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';

/**
 * τ² · KL(teacher ‖ student) of the distributions softened by τ, mean over the places that count.
 * Sanh et al. 2019, §2, which writes the cross-entropy: it differs by the teacher's entropy, a constant.
 * student, teacher [n, vocab], weights [n] → scalar.
 */
export function softTargets(student: Tensor, teacher: Tensor, weights: Tensor, temperature: number): Tensor {
  const ours = tf.logSoftmax(tf.div(student, temperature));
  const theirs = tf.logSoftmax(tf.div(teacher, temperature));
  const apart = tf.sum(tf.mul(tf.exp(theirs), tf.sub(theirs, ours)), -1); // [n]
  return tf.mul(temperature ** 2, weightedMean(apart, weights));
}

/** Keeps the length of a vector of zeros from dividing by 0. */
const tiny = 1e-12;

/**
 * 1 − cosine of the angle between hidden states, mean over the places that count: student, teacher [n, hidden],
 * weights [n] → scalar.
 */
export function direction(student: Tensor, teacher: Tensor, weights: Tensor): Tensor {
  const dot = (a: Tensor, b: Tensor) => tf.sum(tf.mul(a, b), -1);
  const lengths = tf.sqrt(tf.add(tf.mul(dot(student, student), dot(teacher, teacher)), tiny));
  return weightedMean(tf.sub(1, tf.div(dot(student, teacher), lengths)), weights);
}
