import { loadExperiment } from '../../src/app/experiments.ts';
import { prepare } from '../../src/training/data.ts';
import { type Experiment, type Recorded, type Result, runExperiment, runOf } from '../../src/training/experiment.ts';
import { writeWeights, writeWithin } from '../../src/training/recording.ts';
import { keyOf } from '../../src/training/settings.ts';

/** What is to be stored of an experiment; files as base64. */
export interface Made {
  readonly result: Result;
  readonly recording?: { readonly frames: string; readonly weights: string };
}

/** What the frames of a stored run may take. */
const mostFrameBytes = 200_000;

/** `data:…;base64,` and the rest. */
const base64 = (bytes: Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  });

async function recordingOf(experiment: Experiment, recorded: Recorded, device: string, command: string) {
  const run = runOf(experiment, experiment.arms[0]!, experiment.seeds[0]!);
  const { tokens } = (await prepare(run.text)).vocabulary;
  const key = keyOf(run);
  const date = new Date().toISOString().slice(0, 10);
  const { probe, frames, weights } = recorded;
  const text = experiment.probe!;
  const step = frames.at(-1)?.step ?? 0;
  const files = await Promise.all([
    writeWithin({ version: 1, key, device, command, date, tokens, text, probe, frames }, mostFrameBytes),
    writeWeights({ version: 1, key, states: [{ step, weights }] }),
  ]);
  const [first, second] = await Promise.all(files.map(base64));
  return { frames: first!, weights: second! };
}

/** The page's side of `npm run experiment`: the very function behind the button of a claim. */
export async function run(slug: string, id: string, command: string): Promise<Made | undefined> {
  const found = await loadExperiment(slug, id);
  if (!found) return undefined;
  const { experiment } = found;
  const report: (line: string) => void = Reflect.get(window, 'report');
  const { device, outcomes, recorded } = await runExperiment(
    experiment,
    ({ arm, seed, step, at, done, of }) => {
      if (at?.step !== step) return;
      const judged = Object.entries(at.losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`);
      report(`${done} of ${of} finished; ${arm}, seed ${seed}, step ${step}: ${judged.join(', ')}`);
    },
    new AbortController().signal,
  );
  const recording = recorded && (await recordingOf(experiment, recorded, device, command));
  return { result: { experiment, device, command, outcomes }, recording };
}
