import { flatWidth } from '../../core/textures.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Flat, Sheet } from '../gpu/layout.ts';
import { draw, each, outputs, type Target } from '../gpu/program.ts';
import { allocate, release } from '../gpu/sheet.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';

/** What one update is made with. */
export interface Adam {
  /** Which update it is; 1 is the first. */
  readonly step: number;
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Numbers before this one decay. */
  readonly decayed: number;
  /** Largest global norm of the gradient; 0 = no clipping. */
  readonly clip: number;
}

/** Weights and the running means of the gradient and of its square, each [n]. */
export interface Moving<T> {
  readonly weights: T;
  readonly first: T;
  readonly second: T;
}

/** The gradient, no longer than `clip`; 0 = as long as it is. */
export function plainCut(gradient: Tensor, clip: number): Tensor {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return clip > 0 ? tf.mul(gradient, tf.div(clip, tf.maximum(norm, clip))) : gradient;
}

/** The update in plain ops, with a gradient [n] that is cut already. Loshchilov & Hutter 2019, alg. 2. */
export function plainAdamW(before: Moving<Tensor>, cut: Tensor, adam: Adam): Moving<Tensor> {
  const { step, rate, beta1, beta2, epsilon, weightDecay, decayed } = adam;
  const { weights } = before;
  const first = tf.add(tf.mul(before.first, beta1), tf.mul(cut, 1 - beta1));
  const second = tf.add(tf.mul(before.second, beta2), tf.mul(tf.square(cut), 1 - beta2));
  const direction = tf.div(
    tf.div(first, 1 - beta1 ** step),
    tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon),
  );
  const decay = tf.concat([tf.fill([decayed], weightDecay), tf.zeros([weights.size - decayed])]);
  return { weights: tf.sub(weights, tf.mul(tf.add(direction, tf.mul(decay, weights)), rate)), first, second };
}

/**
 * Texels a row adds up in the first stage of the norm: more than usual where there are so many weights that a sheet of
 * one row a stretch would be too high.
 */
function stretchOf({ layers, largest }: Gpu, { height }: Flat): number {
  let stretch = 64;
  while ((height * flatWidth) / stretch / layers > largest) stretch *= 2;
  return stretch;
}

/** Sum of the squares of all numbers: [1, 4]. */
export function squareSum(gpu: Gpu, gradient: Flat): Sheet {
  const { layers } = gpu;
  const stretch = stretchOf(gpu, gradient);
  const stretches = (gradient.height * flatWidth) / stretch;
  const sums = allocate(gpu, stretches, 4);
  const stage = {
    key: `square sums ${stretches} ${stretch}`,
    inputs: ['gradient'],
    source: () => `${outputs(layers)}
vec4 sum(int row) {
  vec4 v = vec4(0), g;
  for (int t = row * ${stretch}; t < (row + 1) * ${stretch}; t++) {
    g = FLAT(gradient, t);
    v += g * g;
  }
  return v;
}
void main() {
  int top = int(gl_FragCoord.y) * ${layers};
  ${each(layers, (r) => `y${r} = sum(top + ${r});`)}
}`,
  };
  draw(gpu, stage, [gradient], sums);
  const total = allocate(gpu, 1, 4);
  const last = {
    key: `square sum ${stretches}`,
    inputs: ['sums'],
    source: () => `${outputs(layers)}
void main() {
  vec4 v = vec4(0);
  for (int row = 0; row < ${stretches}; row++) v += AT(sums, row, 0);
  ${each(layers, (r) => `y${r} = vec4(dot(v, vec4(1)));`)}
}`,
  };
  draw(gpu, last, [sums], total);
  release(gpu, sums);
  return total;
}

/** GLSL: what a gradient is multiplied by to be no longer than `clip`; `norm` holds the square of its length. */
export const cutShare = 'clip / max(sqrt(BLOCK(norm, 0, 0, 0).x), clip)';

/** Matrices that move in their own way stand first in the vector; here they only take the gradient into its mean. */
export interface Apart {
  readonly end: number;
  readonly momentum: number;
}

/**
 * The same update in one program for all weights together; `target` has three outputs, in the order of `Moving`.
 * `norm`: of the gradient, which is cut by it.
 */
export function fusedAdamW(
  gpu: Gpu,
  before: Moving<Flat>,
  gradient: Flat,
  target: Target,
  adam: Adam,
  norm?: Sheet,
  apart?: Apart,
): void {
  const { step, rate, beta1, beta2, epsilon, weightDecay, decayed, clip } = adam;
  const program = {
    key: `adamw ${norm !== undefined} ${apart !== undefined}`,
    inputs: ['weights', 'first', 'second', 'gradient', ...(norm ? ['norm'] : [])],
    ints: ['decayed', ...(apart ? ['end'] : [])],
    floats: [
      ...['rate', 'beta1', 'beta2', 'epsilon', 'weightDecay', 'clip', 'unbias1', 'unbias2'],
      ...(apart ? ['momentum'] : []),
    ],
    source: () => `layout(location = 0) out vec4 newWeights;
layout(location = 1) out vec4 newFirst;
layout(location = 2) out vec4 newSecond;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int t = at.y * ${flatWidth} + at.x;
  vec4 p = texelFetch(weights, at, 0);
  vec4 g = texelFetch(gradient, at, 0);
  ${norm ? `g *= ${cutShare};` : ''}
  newFirst = texelFetch(first, at, 0) * beta1 + g * (1.0 - beta1);
  newSecond = texelFetch(second, at, 0) * beta2 + g * g * (1.0 - beta2);
  vec4 direction = newFirst * unbias1 / (sqrt(newSecond * unbias2) + epsilon);
  if (t < decayed) direction += weightDecay * p;
  newWeights = p - rate * direction;
  ${
    apart
      ? `if (t < end) {
    newWeights = p;
    newFirst = texelFetch(first, at, 0) * momentum + g * (1.0 - momentum);
    newSecond = vec4(0);
  }`
      : ''
  }
}`,
  };
  const inputs = [before.weights, before.first, before.second, gradient, ...(norm ? [norm] : [])];
  draw(gpu, program, inputs, target, {
    ints: [decayed / 4, ...(apart ? [apart.end / 4] : [])],
    floats: [
      ...[rate, beta1, beta2, epsilon, weightDecay, clip, 1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)],
      ...(apart ? [apart.momentum] : []),
    ],
  });
}
