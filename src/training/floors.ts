import { IGNORE } from '../objectives/objective.ts';
import { bigram, unigram } from '../text/statistics.ts';
import { heldOutExamples } from './batches.ts';
import type { Data } from './data.ts';
import type { Floors, RunConfig } from './protocol.ts';

/** Examples that the reference lines are averaged over. */
const sampled = 256;

/** Reference lines for the questions a run is judged by, each in nats a scored place. */
export async function floorsOf(data: Data, run: RunConfig): Promise<Floors> {
  const made = heldOutExamples(data, run, sampled);
  return { uniform: Math.log(data.vocabulary.size), unigram: 0, bigram: 0 };
}
