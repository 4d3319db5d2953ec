import { createRng } from '../../src/core/rng.ts';
import { planOf } from '../../src/models/bigbird/plan.ts';
import { blueprint } from '../../src/models/bigbird/spec.ts';
import { adapterName, rebuildBackend, useBackend } from '../../src/nn/device.ts';
import { initialState } from '../../src/nn/init.ts';
import { fusedAttention } from '../../src/nn/kernels/attention.ts';
import { fusedBlockAttention } from '../../src/nn/kernels/block-attention.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { madeData } from './made-data.ts';
import { spread } from './measure.ts';
import { middle, runAt } from './points.ts';

/** Ways of looking, by the name that the architecture's option has for them. */
export const ways = ['block_sparse', 'original_full'] as const;
export type Way = (typeof ways)[number];

/** A model of many narrow heads, in which attention costs more than the maps around it even of a short text. */
export const shape = { layers: 2, hidden: 16, heads: 4, batchSize: 16, vocabSize: 256, blockSize: 8 };

/** Least and median milliseconds of a step, and of attention alone, its value and its gradient, in one layer. */
export interface LengthCost {
  readonly length: number;
  readonly way: Way;
  readonly step: { readonly min: number; readonly median: number };
  readonly attention: { readonly min: number; readonly median: number };
}

async function timed(job: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await job();
  return performance.now() - started;
}

/** A job's times, after two that compile; jobs in turn and back again. */
async function alternate(jobs: Readonly<Record<Way, () => Promise<unknown>>>, rounds: number) {
  const times: Record<Way, number[]> = { block_sparse: [], original_full: [] };
  for (const way of ways) for (let i = 0; i < 2; i++) await jobs[way]();
  for (let round = 0; round < rounds; round++)
    for (const way of [...ways, ...ways.toReversed()]) times[way].push(await timed(jobs[way]));
  return { block_sparse: spread(times.block_sparse), original_full: spread(times.original_full) };
}

/** Training steps of one length, with either way of looking. */
async function stepsOf(length: number, rounds: number) {
  const { blockSize, ...sizes } = shape;
  const open = (attention: Way) => {
    const point = { ...middle, ...sizes, maxLength: length, architecture: 'bigbird' };
    const options = { heads: sizes.heads, architectureOptions: { attention, blockSize } };
    return createTrainer(runAt(point, options), madeData(sizes.vocabSize));
  };
  const trainers = { block_sparse: await open('block_sparse'), original_full: await open('original_full') };
  const advance = (way: Way) => () => trainers[way].advance();
  const found = await alternate(
    { block_sparse: advance('block_sparse'), original_full: advance('original_full') },
    rounds,
  );
  for (const way of ways) trainers[way].dispose();
  return found;
}

/** Attention alone: what it gives and the gradient of that, with projections as they come. */
async function attentionsOf(length: number, rounds: number) {
  const { hidden, heads, batchSize, blockSize } = shape;
  const plan = planOf({ ...blueprint.toy, heads, blockSize, maxLength: length }, length, 0, true);
  const state = initialState(
    { x: { shape: [batchSize * length, 3 * hidden], init: { kind: 'normal', std: 1 } } },
    createRng(1),
  );
  const x = tf.tensor(state.get('x')!, [batchSize, length, 3 * hidden]);
  const ops: Readonly<Record<Way, (x: Tensor) => Tensor>> = {
    block_sparse: (given) => fusedBlockAttention([given], { plan, keep: tf.ones([batchSize, length]) }),
    original_full: (given) => fusedAttention([given], { heads, mask: { keep: tf.ones([batchSize, length]) } }),
  };
  const once = (way: Way) => async () => {
    const total = tf.tidy(() => tf.sum(tf.grad((given) => tf.sum(ops[way](given)))(x)));
    await total.data();
    total.dispose();
  };
  const found = await alternate({ block_sparse: once('block_sparse'), original_full: once('original_full') }, rounds);
  x.dispose();
  return found;
}

/** One length on a fresh backend. */
export async function costsOf(length: number, rounds: number) {
  await useBackend('webgl');
  await rebuildBackend();
  const attention = await attentionsOf(length, rounds);
  const step = await stepsOf(length, rounds);
  const costs: LengthCost[] = ways.map((way) => ({ length, way, step: step[way], attention: attention[way] }));
  return { adapter: adapterName(), costs };
}
