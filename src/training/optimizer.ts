import { build, count, type Spec, type TreeOf } from '../core/params.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import { join, layout, split } from './flat.ts';
import { learningRate, type Schedule } from './schedule.ts';

export interface OptimizerSettings extends Schedule {
  /** Decoupled, times the learning rate; spares biases and norms. */
  readonly weightDecay: number;
  /** Largest global norm of the gradient; 0 = no clipping. */
  readonly clip: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Which weights learn; all, if absent. */
  readonly trainable?: (name: string) => boolean;
}

/** What a loss function gives: `loss` is minimised, its parts are reported. */
export interface Objective {
  readonly loss?: Tensor;
  readonly losses: Readonly<Record<string, Tensor>>;
}

/** Everything a run needs to go on at the exact step, by name. */
export interface OptimizerState {
  readonly step: number;
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** Running means of the gradient and of its square. */
  readonly first: ReadonlyMap<string, Float32Array>;
  readonly second: ReadonlyMap<string, Float32Array>;
}

export interface Optimizer<S> {
  /** The weights as they are now: views into one vector, valid until the next `step`, `load` or `dispose`. */
  readonly params: TreeOf<S, Tensor>;
  /** Updates done. */
  readonly steps: number;
  /** Numbers in all weights. */
  readonly size: number;
  /**
   * One update; nothing is read back. → [1 + parts] on the GPU: the loss, then its parts in their order; the caller
   * disposes of it. What else `lossOf` makes is gone afterwards unless it was kept with `tf.keep`.
   */
  step(lossOf: (params: TreeOf<S, Tensor>) => Objective): Tensor;
  read(): Promise<OptimizerState>;
  load(state: OptimizerState): void;
  dispose(): void;
}

/**
 * AdamW over one flat vector. Loshchilov & Hutter 2019, alg. 2, with bias correction; the gradient is first cut to a
 * global norm of `clip`.
 */
export function createOptimizer<S extends Spec>(
  spec: S,
  weights: ReadonlyMap<string, Float32Array>,
  settings: OptimizerSettings,
): Optimizer<S> {
  const { beta1 = 0.9, beta2 = 0.98, epsilon = 1e-8, weightDecay, clip, trainable = () => true } = settings;
  const plan = layout(spec);
  const learns = new Set(plan.places.filter(({ name }) => trainable(name)).map(({ name }) => name));
  const mask = (value: (name: string, index: number) => number) =>
    tf.tensor1d(Float32Array.from({ length: plan.length }, (_, i) => value(nameAt(i), i)));
  const names: string[] = new Array(plan.length).fill('');
  for (const { name, offset, size } of plan.places) names.fill(name, offset, offset + size);
  const nameAt = (i: number) => names[i]!;
  const decay = mask((name, i) => (i < plan.decayed && learns.has(name) ? weightDecay : 0));

  let done = 0;
  let flat: tf.Tensor1D;
  let first: tf.Tensor1D;
  let second: tf.Tensor1D;
  let leaves: Map<string, Tensor>;
  let params: TreeOf<S, Tensor>;

  function view(): void {
    leaves = new Map(
      plan.places.map(({ name, shape, offset, size }) => [
        name,
        tf.tidy(() => tf.reshape(tf.slice(flat, offset, size), [...shape])),
      ]),
    );
    params = build(spec, (name) => leaves.get(name)!);
  }
  function drop(): void {
    for (const leaf of leaves.values()) leaf.dispose();
    tf.dispose([flat, first, second]);
  }
  function place(state: OptimizerState): void {
    done = state.step;
    flat = tf.tensor1d(join(plan, state.weights));
    first = tf.tensor1d(join(plan, state.first));
    second = tf.tensor1d(join(plan, state.second));
    view();
  }

  function step(lossOf: (params: TreeOf<S, Tensor>) => Objective): Tensor {
    let report: Tensor | undefined;
    const learned = plan.places.filter(({ name }) => learns.has(name));
    const rate = learningRate(done + 1, settings);
    const next = tf.tidy(() => {
      const run = () => {
        const { loss, losses } = lossOf(params);
        if (!loss) throw new Error('expected a loss, found a batch without labels');
        report = tf.keep(tf.stack([loss, ...Object.values(losses)]));
        return loss as tf.Scalar;
      };
      const inputs = learned.map(({ name }) => leaves.get(name)!);
      const { grads } = tf.engine().gradients(run, inputs, undefined, true);
      const byName = new Map(learned.map(({ name }, i) => [name, grads[i]]));
      const pieces = plan.places.flatMap(({ name, offset, size }, i) => {
        const gap = (plan.places[i + 1]?.offset ?? plan.length) - offset - size;
        const gradient = byName.get(name);
        const piece = gradient ? tf.reshape(gradient, [size]) : tf.zeros([size]);
        return gap > 0 ? [piece, tf.zeros([gap])] : [piece];
      });
      let gradient = tf.concat(pieces) as tf.Tensor1D;
      if (clip > 0) {
        const norm = tf.sqrt(tf.sum(tf.square(gradient)));
        gradient = tf.mul(gradient, tf.div(clip, tf.maximum(norm, clip)));
      }
      const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor1D;
      const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as tf.Tensor1D;
      const t = done + 1;
      const direction = tf.div(tf.div(m, 1 - beta1 ** t), tf.add(tf.sqrt(tf.div(v, 1 - beta2 ** t)), epsilon));
      const p = tf.sub(flat, tf.mul(tf.add(direction, tf.mul(decay, flat)), rate)) as tf.Tensor1D;
      return { p, m, v };
    });
    drop();
    flat = next.p;
    first = next.m;
    second = next.v;
    done += 1;
    view();
    return report!;
  }

  place({ step: 0, weights, first: new Map(), second: new Map() });
  return {
    get params() {
      return params;
    },
    get steps() {
      return done;
    },
    size: count(spec),
    step,
    async read() {
      const at = done;
      const [p, m, v] = await Promise.all([flat.data(), first.data(), second.data()]);
      const named = (values: ArrayLike<number>) => split(spec, plan, Float32Array.from(values));
      return { step: at, weights: named(p), first: named(m), second: named(v) };
    },
    load(state) {
      drop();
      place(state);
    },
    dispose() {
      drop();
      decay.dispose();
    },
  };
}
