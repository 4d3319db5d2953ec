import type { Active } from './active.ts';
import { isSameProbe } from './frames.ts';
import { probeRows } from './probe.ts';
import type { ProbeRows, ProbeText } from './probed.ts';
import { watchOf } from './watch.ts';

/** Asks a run about other rows from now on; what it said to others is forgotten. */
export function ask(run: Active, probe: ProbeRows | undefined): void {
  if (!isSameProbe(run.probe, probe)) run.frames.length = 0;
  run.probe = probe;
  run.watch = probe && watchOf(run.run, run.data.vocabulary.size, probe);
}

/** The same of a sentence. */
export const askText = (run: Active, text: ProbeText): void => ask(run, probeRows(run.run, run.data, text));
