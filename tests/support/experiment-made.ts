import { experimentOf } from '../../src/app/experiments.ts';
import { runOf } from '../../src/training/arm.ts';
import type { Client } from '../../src/training/client.ts';
import { prepare } from '../../src/training/data.ts';
import { type Experiment, type Recorded, type Result, runExperiment } from '../../src/training/experiment.ts';
import type { Message } from '../../src/training/protocol.ts';
import { writeWeights, writeWithin } from '../../src/training/record-file.ts';
import { keyOf } from '../../src/training/settings.ts';

/** What is to be stored of an experiment. */
export interface Made {
  readonly result: Result;
  readonly recording?: { readonly frames: Uint8Array; readonly weights: Uint8Array };
}

/** What the frames of a stored run may take. */
const mostFrameBytes = 200_000;

async function recordingOf(experiment: Experiment, recorded: Recorded, device: string, command: string) {
  const run = runOf(experiment, experiment.arms[0]!, experiment.seeds[0]!);
  const { tokens } = (await prepare(run.text)).vocabulary;
  const key = keyOf(run);
  const date = new Date().toISOString().slice(0, 10);
  const { probe, frames, weights } = recorded;
  const text = experiment.probe!;
  const step = frames.at(-1)?.step ?? 0;
  return {
    frames: await writeWithin({ version: 1, key, device, command, date, tokens, text, probe, frames }, mostFrameBytes),
    weights: await writeWeights({ version: 1, key, states: [{ step, weights }] }),
  };
}

/** `npm run experiment`: the very function behind the button of a claim. Undefined: there is no such experiment. */
export async function makeExperiment(
  [slug, id, command]: readonly [slug: string, id: string, command: string],
  report: (line: string) => void,
  connect?: (onMessage: (message: Message) => void) => Client,
): Promise<Made | undefined> {
  const experiment = experimentOf(slug, id);
  if (!experiment) return undefined;
  const { device, outcomes, recorded } = await runExperiment(
    experiment,
    ({ arm, seed, step, at, done, of }) => {
      if (at?.step !== step) return;
      const judged = Object.entries(at.losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`);
      report(`${done} of ${of} finished; ${arm}, seed ${seed}, step ${step}: ${judged.join(', ')}`);
    },
    new AbortController().signal,
    connect,
  );
  const recording = recorded && (await recordingOf(experiment, recorded, device, command));
  return { result: { experiment, device, command, outcomes }, recording };
}
