import { adapterName, rebuildBackend, useBackend } from '../../src/nn/device.ts';
import { type Active, open } from '../../src/training/active.ts';
import { askText } from '../../src/training/asking.ts';
import { prepare } from '../../src/training/data.ts';
import { frameSteps } from '../../src/training/frames.ts';
import { stepsOf } from '../../src/training/phases.ts';
import type { ProbeText } from '../../src/training/probed.ts';
import type { Run } from '../../src/training/run.ts';
import { createRunLoop } from '../../src/training/run-loop.ts';
import { memoryStore } from '../training/memory-store.ts';
import { countDraws } from './draws.ts';

/** Some steps of a run, recorded and not. */
export interface Block {
  readonly from: number;
  readonly to: number;
  /** Frames kept on the way. */
  readonly frames: number;
  readonly ms: Readonly<Record<Way, number>>;
  readonly draws: Readonly<Record<Way, number>>;
}
export const ways = ['off', 'on'] as const;
export type Way = (typeof ways)[number];

export interface RecordingCost {
  readonly adapter: string;
  /** Those of the whole run, and the frames that it keeps. */
  readonly steps: number;
  readonly frames: number;
  readonly blocks: readonly Block[];
}

/** A run and the same one that is recorded, in one page by turns (A B B A): `ends` are the steps after which they change. */
export async function recordingCost(run: Run, probe: ProbeText, ends: readonly number[]): Promise<RecordingCost> {
  await useBackend('webgl');
  await rebuildBackend();
  const data = await prepare(run.text, () => undefined);
  const counted = countDraws();
  const opened = async (isRecorded: boolean) => {
    const active = await open(run, data, {});
    if (isRecorded) askText(active, probe);
    // Both read their state at the end of every block; what is saved on the way is left to other benches.
    const loop = createRunLoop({ post: () => undefined, store: memoryStore(), guarded: (work) => work() });
    return { active, advance: () => loop.advance(active) };
  };
  const runs: Record<Way, { active: Active; advance: () => Promise<void> }> = {
    off: await opened(false),
    on: await opened(true),
  };
  const blocks: Block[] = [];
  let from = 0;
  for (const [i, to] of ends.entries()) {
    const [ms, draws] = [
      { off: 0, on: 0 },
      { off: 0, on: 0 },
    ];
    const kept = runs.on.active.frames.length;
    for (const way of i % 2 === 0 ? ways : ways.toReversed()) {
      const [before, began] = [counted(), performance.now()];
      runs[way].active.goal = to;
      await runs[way].advance();
      ms[way] = performance.now() - began;
      draws[way] = counted() - before;
    }
    blocks.push({ from, to, frames: runs.on.active.frames.length - kept, ms, draws });
    from = to;
  }
  const steps = stepsOf(run);
  return { adapter: adapterName(), steps, frames: frameSteps(steps).length, blocks };
}
