import { build, count, type Spec, type TreeOf } from '../core/params.ts';
import { compiled, rehearse } from '../nn/gpu/rehearsal.ts';
import { collect } from '../nn/kernels/collect.ts';
import { fusedOn } from '../nn/kernels/kernel.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import { createWeights, type MuonKernel } from '../nn/weights.ts';
import { join, layout, split } from './flat.ts';
import { adamMoments, muonMomentum } from './moments.ts';

export interface OptimizerSettings {
  /** The learning rate of update `step`; 1 is the first. */
  readonly rate: (step: number) => number;
  /** Decoupled, times the learning rate; spares biases and norms. */
  readonly weightDecay: number;
  /** Largest global norm of the gradient; 0 = no clipping. */
  readonly clip: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Which weights learn; all, if absent. */
  readonly trainable?: (name: string) => boolean;
  /** How linear maps move, if not as everything else does. */
  readonly muon?: {
    /** The learning rate of update `step`; 1 is the first. */
    readonly rate: (step: number) => number;
    readonly momentum?: number;
    /** Which maps; all, if absent. */
    readonly moves?: (name: string) => boolean;
    /** What carries it out. */
    readonly kernel: MuonKernel;
  };
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
  /** Running means of the gradient and of its square; of a matrix that is orthogonalised, the first alone. */
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
  /**
   * Has the programs of an update compiled, beside one another where the device can; nothing is computed or changed.
   * `onProgress` is told how many are ready, and of how many. In plain ops there is nothing to do.
   */
  rehearse(
    lossOf: (params: TreeOf<S, Tensor>) => Objective,
    onProgress: (done: number, of: number) => void,
  ): Promise<void>;
  read(): Promise<OptimizerState>;
  load(state: OptimizerState): void;
  dispose(): void;
}

/**
 * AdamW over one flat vector. Loshchilov & Hutter 2019, alg. 2, with bias correction; the gradient is first cut to a
 * global norm of `clip`. With `muon`, linear maps are moved by their orthogonalised gradient instead: Jordan et al.
 * 2024, with Nesterov's momentum, both weight decays as they are, the rate times √max(1, rows ÷ columns).
 */
export function createOptimizer<S extends Spec>(
  spec: S,
  weights: ReadonlyMap<string, Float32Array>,
  settings: OptimizerSettings,
): Optimizer<S> {
  const { rate: rateOf, beta1, beta2, epsilon, weightDecay, clip } = { ...adamMoments, ...settings };
  const { trainable = () => true, muon } = settings;
  const { momentum = muonMomentum, moves = () => true } = muon ?? {};
  const plan = layout(spec, { trainable, ...(muon && { orthogonal: moves }) });
  const learned = plan.places.map(({ name }) => trainable(name));
  let done = 0;
  let params: TreeOf<S, Tensor>;

  function view(): void {
    const views = moving.views();
    const byName = new Map(plan.places.map(({ name }, i) => [name, views[i]!]));
    params = build(spec, (name) => byName.get(name)!);
  }
  const flatten = (state: Omit<OptimizerState, 'step'>) => ({
    weights: join(plan, state.weights),
    first: join(plan, state.first),
    second: join(plan, state.second),
  });
  const moving = createWeights(plan.places, flatten({ weights, first: new Map(), second: new Map() }));
  view();

  /** Encodes the update that is next. */
  function update(lossOf: (params: TreeOf<S, Tensor>) => Objective): Tensor {
    let report: Tensor | undefined;
    tf.tidy(() => {
      const run = () => {
        const { loss, losses } = lossOf(params);
        if (!loss) throw new Error('expected a loss, found a batch without labels');
        report = tf.keep(collect([loss, ...Object.values(losses)]));
        return loss as tf.Scalar;
      };
      const inputs = moving.views().filter((_, i) => learned[i]);
      const { grads } = tf.engine().gradients(run, inputs, undefined, true);
      let next = 0;
      const gradients = learned.map((learns) => (learns ? grads[next++] : undefined));
      const rate = rateOf(done + 1);
      const { decayed, stacks } = plan;
      const adam = { step: done + 1, rate, beta1, beta2, epsilon, weightDecay, decayed, clip };
      const isApart = muon && stacks.length > 0;
      const matrices = isApart && { rate: muon.rate(done + 1), momentum, weightDecay, stacks };
      moving.update(gradients, adam, matrices ? [muon.kernel, matrices] : undefined);
    });
    return report!;
  }

  function step(lossOf: (params: TreeOf<S, Tensor>) => Objective): Tensor {
    const report = update(lossOf);
    done += 1;
    view();
    return report;
  }

  return {
    get params() {
      return params;
    },
    get steps() {
      return done;
    },
    size: count(spec),
    step,
    async rehearse(lossOf, onProgress) {
      const gpu = fusedOn();
      if (!gpu) return;
      rehearse(gpu, () => update(lossOf).dispose());
      view();
      await compiled(gpu, onProgress);
    },
    async read() {
      const at = done;
      const now = await moving.read();
      const named = (values: Float32Array) => split(spec, plan, values);
      return { step: at, weights: named(now.weights), first: named(now.first), second: named(now.second) };
    },
    load(state) {
      done = state.step;
      moving.write(flatten(state));
      view();
    },
    dispose: () => moving.dispose(),
  };
}
