import { build } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { adapterName, rebuildBackend, useBackend } from '../../src/nn/device.ts';
import { initialState, toParams } from '../../src/nn/init.ts';
import { type KernelMode, setKernels } from '../../src/nn/kernels/kernel.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { createOptimizer } from '../../src/training/optimizer.ts';
import { type BenchSizes, batchOf, lossOf, sizes, specOf } from './small.ts';

/** One way of making the step, ready to go. */
interface Runner {
  readonly mode: KernelMode;
  /** Encodes a step; → its loss on the GPU. */
  step(number: number): Tensor;
}

/** The backend's context; every draw of its goes through `drawElements` or `drawArrays`. */
function context(): WebGL2RenderingContext {
  return (tf.backend() as unknown as { getGPGPUContext(): { gl: WebGL2RenderingContext } }).getGPGPUContext().gl;
}

/** Counts draws from now on. */
export function countDraws(): () => number {
  const gl = context();
  let draws = 0;
  const { drawElements, drawArrays } = gl;
  gl.drawElements = (...args) => {
    draws += 1;
    drawElements.apply(gl, args);
  };
  gl.drawArrays = (...args) => {
    draws += 1;
    drawArrays.apply(gl, args);
  };
  return () => draws;
}

/** Fused kernels, the head where something was asked, AdamW with clipping over one vector, or Muon beside it. */
export function fusedRunner(sizes: BenchSizes, withMuon = false): Runner {
  const spec = specOf(sizes);
  setKernels('fused');
  const optimizer = createOptimizer(spec, initialState(spec, createRng('bench')), {
    rate: () => 1e-3,
    weightDecay: 0.01,
    clip: 1,
    ...(withMuon && { muon: { rate: () => 0.01 } }),
  });
  return {
    mode: 'fused',
    step(number) {
      setKernels('fused');
      const batch = batchOf(sizes, number, false);
      const report = optimizer.step((params) => {
        const loss = lossOf(params, batch, sizes, false);
        return { loss, losses: { mlm: loss } };
      });
      tf.dispose({ ...batch });
      return report;
    },
  };
}

/** Ops of TensorFlow.js, the head on all positions, `tf.train.adam` without clipping: what one would write first. */
export function plainRunner(sizes: BenchSizes): Runner {
  const spec = specOf(sizes);
  setKernels('plain');
  const variables = new Map<string, tf.Variable>();
  const start = toParams(spec, initialState(spec, createRng('bench')));
  const names: string[] = [];
  build(spec, (name) => names.push(name));
  const tensors: Tensor[] = [];
  const walk = (node: unknown): void => {
    if (node instanceof tf.Tensor) tensors.push(node);
    else for (const child of Object.values(node as object)) walk(child);
  };
  walk(start);
  names.forEach((name, i) => {
    variables.set(name, tf.variable(tensors[i]!));
  });
  const params = build(spec, (name) => variables.get(name)! as Tensor);
  const adam = tf.train.adam(1e-3);
  return {
    mode: 'plain',
    step(number) {
      setKernels('plain');
      const batch = batchOf(sizes, number, true);
      const loss = adam.minimize(() => lossOf(params, batch, sizes, true) as tf.Scalar, true, [...variables.values()])!;
      tf.dispose({ ...batch });
      return loss;
    },
  };
}

export interface Figures {
  readonly draws: number;
  readonly encodeMs: { readonly min: number; readonly median: number };
  readonly stepMs: { readonly min: number; readonly median: number };
  readonly firstStepMs: number;
}

const rounded = (ms: number) => Math.round(ms * 100) / 100;
function spread(times: readonly number[]): Figures['encodeMs'] {
  const sorted = [...times].sort((a, b) => a - b);
  return { min: rounded(sorted[0]!), median: rounded(sorted[Math.floor(sorted.length / 2)]!) };
}

/** Both ways in one page, alternating A B B A; the first two steps of each, which compile, are left out. */
export async function measure(sizes: BenchSizes, rounds: number): Promise<Record<KernelMode, Figures>> {
  const runners = { plain: plainRunner(sizes), fused: fusedRunner(sizes) };
  const taken = {
    plain: { encode: [] as number[], step: [] as number[] },
    fused: { encode: [] as number[], step: [] as number[] },
  };
  const draws = { plain: 0, fused: 0 };
  const first = { plain: 0, fused: 0 };
  const counted = countDraws();
  let number = 0;
  async function once(mode: KernelMode): Promise<{ encode: number; step: number }> {
    const before = counted();
    const started = performance.now();
    const loss = runners[mode].step(number++);
    const encode = performance.now() - started;
    await loss.data();
    const step = performance.now() - started;
    loss.dispose();
    draws[mode] = counted() - before;
    return { encode, step };
  }
  for (const mode of ['plain', 'fused'] as const) {
    first[mode] = rounded((await once(mode)).step);
    await once(mode);
  }
  for (let round = 0; round < rounds; round++)
    for (const mode of ['plain', 'fused', 'fused', 'plain'] as const)
      for (let repeat = 0; repeat < 2; repeat++) {
        const { encode, step } = await once(mode);
        taken[mode].encode.push(encode);
        taken[mode].step.push(step);
      }
  const figures = (mode: KernelMode): Figures => ({
    draws: draws[mode],
    encodeMs: spread(taken[mode].encode),
    stepMs: spread(taken[mode].step),
    firstStepMs: first[mode],
  });
  return { plain: figures('plain'), fused: figures('fused') };
}

export interface Report {
  readonly adapter: string;
  readonly cases: Readonly<Record<string, Readonly<Record<KernelMode, Figures>>>>;
}

/** All cases, on a fresh backend. */
export async function report(rounds: number): Promise<Report> {
  await useBackend('webgl');
  await rebuildBackend();
  return { adapter: adapterName(), cases: { 'bench-small': await measure(sizes, rounds) } };
}
