import { adapterName, loseContext, rebuildBackend, useBackend } from '../../src/nn/device.ts';
import * as tf from '../../src/nn/tf.ts';
import { sizesOf } from '../../src/training/arrays.ts';
import { asAppError, bytesOf } from '../../src/training/fit.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { countDraws } from './draws.ts';
import { madeData } from './made-data.ts';
import { spread } from './measure.ts';
import { type Point, runAt } from './points.ts';
import { countTextures } from './textures.ts';

/** What a step costs, or why there is none. */
export type Cost =
  | {
      readonly parameters: number;
      readonly draws: number;
      /** All textures, in use or waiting to be used again. */
      readonly heldBytes: number;
      /** In use between two steps. */
      readonly keptBytes: number;
      /** What the page says before Start. */
      readonly estimatedBytes: number;
      readonly firstStepMs: number;
      readonly stepMs: number;
    }
  | { readonly failed: string };

/** Steps that are timed after the two that compile: up to five, fewer where they take long. */
const most = 5;
const fewest = 2;
const enoughMs = 3000;

/** Measures one point in a context of its own. */
export async function costOf(point: Point): Promise<{ readonly adapter: string; readonly cost: Cost }> {
  await useBackend('webgl');
  await rebuildBackend();
  const adapter = adapterName();
  const run = runAt(point);
  const [held, counted] = [countTextures(), countDraws()];
  try {
    const trainer = await createTrainer(run, madeData(point.vocabSize));
    async function once(): Promise<number> {
      const started = performance.now();
      await trainer.advance();
      return performance.now() - started;
    }
    const firstStepMs = Math.round(await once());
    await once();
    const times: number[] = [];
    let spent = 0;
    const before = counted();
    while (times.length < fewest || (times.length < most && spent < enoughMs)) {
      times.push(await once());
      spent += times.at(-1)!;
    }
    const { numBytesInGPU: keptBytes } = tf.memory() as unknown as { numBytesInGPU: number };
    const cost = {
      parameters: trainer.parameters,
      draws: (counted() - before) / times.length,
      heldBytes: held(),
      keptBytes,
      estimatedBytes: bytesOf(sizesOf(run, point.vocabSize)),
      firstStepMs,
      stepMs: spread(times).median,
    };
    trainer.dispose();
    return { adapter, cost };
  } catch (error) {
    return { adapter, cost: { failed: asAppError(error).message } };
  } finally {
    loseContext();
  }
}
