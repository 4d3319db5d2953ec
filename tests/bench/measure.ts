import { build, type Spec, type TreeOf } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { adapterName, rebuildBackend, startPlain, useBackend } from '../../src/nn/device.ts';
import { initialState, toParams } from '../../src/nn/init.ts';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import * as kernel from '../../src/nn/kernels/muon.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { createOptimizer } from '../../src/training/optimizer.ts';
import { countDraws } from './draws.ts';
import { maskedTokens, sizes } from './small.ts';

/** A loss on the GPU: what anybody's tensor can do. */
export interface Loss {
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

/** One way of making a step, ready to go: encodes step `number`. */
export type Step = (number: number) => Loss;

/** What is trained: weights, and from the weights to the loss of step `number`. */
export interface Task<S extends Spec> {
  readonly spec: S;
  /** `plain`: what one would write first, where that differs. */
  loss(params: TreeOf<S, Tensor>, number: number, plain: boolean): Tensor;
}

/** Fused kernels, AdamW over one vector, or Muon beside it. */
export function fusedSteps<S extends Spec>(
  { spec, loss: lossOf }: Task<S>,
  { clip = 1, withMuon = false }: { readonly clip?: number; readonly withMuon?: boolean } = {},
): Step {
  setKernels('fused');
  const optimizer = createOptimizer(spec, initialState(spec, createRng('bench')), {
    rate: () => 1e-3,
    weightDecay: 0.01,
    clip,
    ...(withMuon && { muon: { rate: () => 0.01, kernel } }),
  });
  return (number) => {
    setKernels('fused');
    return optimizer.step((params) => {
      const loss = lossOf(params, number, false);
      return { loss, losses: { own: loss } };
    });
  };
}

/** Ops of TensorFlow.js and `tf.train.adam` without clipping. */
export function plainSteps<S extends Spec>({ spec, loss: lossOf }: Task<S>): Step {
  setKernels('plain');
  const start = toParams(spec, initialState(spec, createRng('bench')));
  const tensors: Tensor[] = [];
  const walk = (node: unknown): void => {
    if (node instanceof tf.Tensor) tensors.push(node);
    else for (const child of Object.values(node as object)) walk(child);
  };
  walk(start);
  const variables = tensors.map((tensor) => tf.variable(tensor));
  let next = 0;
  const params = build(spec, () => variables[next++]! as Tensor);
  const adam = tf.train.adam(1e-3);
  return (number) => {
    setKernels('plain');
    return adam.minimize(() => lossOf(params, number, true) as tf.Scalar, true, variables)!;
  };
}

/** Steps that are made and taken on WebAssembly, in a page whose backend is WebGL otherwise. */
export async function onWasm(make: () => Step): Promise<Step> {
  if (!(await startPlain())) throw new Error('There is no WebAssembly with SIMD here.');
  const own = make();
  await useBackend('webgl');
  return (number) => {
    // Both have begun, so that each is there at once.
    void tf.setBackend('wasm');
    try {
      return own(number);
    } finally {
      void tf.setBackend('webgl');
    }
  };
}

export interface Figures {
  readonly draws: number;
  readonly encodeMs: Spread;
  readonly stepMs: Spread;
  readonly firstStepMs: number;
}

export interface Spread {
  readonly min: number;
  readonly median: number;
}

const rounded = (ms: number) => Math.round(ms * 100) / 100;

export function spread(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  return { min: rounded(sorted[0]!), median: rounded(sorted[Math.floor(sorted.length / 2)]!) };
}

/**
 * Several ways in one page, in turn and back again (A B B A); the first two steps of each, which compile, are left out.
 * `counted`: draws so far.
 */
export async function alternate<Name extends string>(
  ways: Readonly<Record<Name, Step>>,
  rounds: number,
  counted: () => number = countDraws(),
): Promise<Record<Name, Figures>> {
  const names = Object.keys(ways) as Name[];
  let number = 0;
  async function once(name: Name) {
    const before = counted();
    const started = performance.now();
    const loss = ways[name](number++);
    const encode = performance.now() - started;
    await loss.data();
    const step = performance.now() - started;
    loss.dispose();
    return { encode, step, draws: counted() - before };
  }
  const first = new Map<Name, number>();
  for (const name of names) {
    first.set(name, rounded((await once(name)).step));
    await once(name);
  }
  const taken = new Map(names.map((name) => [name, [] as Awaited<ReturnType<typeof once>>[]]));
  for (let round = 0; round < rounds; round++)
    for (const name of [...names, ...names.toReversed()])
      for (let repeat = 0; repeat < 2; repeat++) taken.get(name)!.push(await once(name));
  const figures = names.map((name): [Name, Figures] => {
    const all = taken.get(name)!;
    return [
      name,
      {
        draws: all.at(-1)!.draws,
        encodeMs: spread(all.map(({ encode }) => encode)),
        stepMs: spread(all.map(({ step }) => step)),
        firstStepMs: first.get(name)!,
      },
    ];
  });
  return Object.fromEntries(figures) as Record<Name, Figures>;
}

/** `wasm`: ours with plain kernels on WebAssembly, where the site goes when WebGL is only software. */
export type Kind = 'plain' | 'fused' | 'wasm';

export interface Report {
  readonly adapter: string;
  readonly cases: Readonly<Record<string, Readonly<Record<Kind, Figures>>>>;
}

/** All cases, on a fresh backend. */
export async function report(rounds: number): Promise<Report> {
  await useBackend('webgl');
  await rebuildBackend();
  const task = maskedTokens(sizes);
  const wasm = await onWasm(() => fusedSteps(task));
  const figures = await alternate({ plain: plainSteps(task), fused: fusedSteps(task), wasm }, rounds);
  return { adapter: adapterName(), cases: { 'bench-small': figures } };
}
