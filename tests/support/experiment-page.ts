import { loadExperiment } from '../../src/app/experiments.ts';
import { type Result, runExperiment } from '../../src/training/experiment.ts';

/** The page's side of `npm run experiment`: the very function behind the button of a claim. */
export async function run(slug: string, id: string, command: string): Promise<Result | undefined> {
  const found = await loadExperiment(slug, id);
  if (!found) return undefined;
  const { experiment } = found;
  const report: (line: string) => void = Reflect.get(window, 'report');
  const { device, outcomes } = await runExperiment(
    experiment,
    ({ arm, seed, step, at, done, of }) => {
      if (at?.step !== step) return;
      const judged = Object.entries(at.losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`);
      report(`${done} of ${of} finished; ${arm}, seed ${seed}, step ${step}: ${judged.join(', ')}`);
    },
    new AbortController().signal,
  );
  return { experiment, device, command, outcomes };
}
