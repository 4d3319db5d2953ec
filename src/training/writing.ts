import { AppError } from '../core/errors.ts';
import { loadWriter, writerNames } from '../models/forwards.ts';
import * as tf from '../nn/tf.ts';
import { noisings } from '../objectives/catalog.ts';
import type { Example } from '../objectives/objective.ts';
import { heldOutExamples, wholeBatch } from './batches.ts';
import { type Data, recipeOf } from './data.ts';
import { blueprintOf } from './model.ts';
import type { Evaluation } from './protocol.ts';
import type { Run } from './run.ts';
import { toTensors } from './tensors.ts';

/** Held-out rows that are written back. */
const writtenRows = 128;

/** What writes: the weights as they are when it is asked, after so many updates. */
interface Writing {
  readonly params: unknown;
  readonly steps: number;
}

/** Texts that the model of a run writes; `now` says with which weights. */
export function createWriting(run: Run, data: Data, now: () => Writing) {
  const { blueprint, config } = blueprintOf(run, data.vocabulary.size);
  const noising = noisings[run.recipe.noising];

  async function write(examples: readonly Example[]): Promise<readonly (readonly number[])[]> {
    const writer = await loadWriter(run.model.architecture);
    if (!writer)
      throw new AppError(
        'unavailable',
        `${blueprint.name} only reads: choose ${writerNames().join(' or ')}, which writes text.`,
        'architecture',
      );
    const batch = toTensors(wholeBatch(data, run, examples), false);
    try {
      let rows: readonly (readonly number[])[] = [];
      for await (const sofar of writer(now().params as never, config, batch, run.recipe.maxLength)) rows = sofar;
      const end = data.vocabulary.separateId;
      return rows.map(([, ...ids]) => (ids.includes(end) ? ids.slice(0, ids.indexOf(end) + 1) : ids));
    } finally {
      tf.dispose(Object.values(batch));
    }
  }

  /** Held-out text written back: `restored` is the model's share of spans, `posterior` the exact reader's. */
  async function writeBack(): Promise<Evaluation> {
    const made = heldOutExamples(data, run, writtenRows);
    const written = await write(made.map(({ example }) => example));
    const rows = made.map((one, i) => ({ made: one, spans: noising?.hidden?.(one.noise) ?? [], written: written[i]! }));
    // Only here the sums of the exact reader are needed.
    const { writtenBack } = await import('./written-back.ts');
    const { restored, posterior } = writtenBack(rows, data, recipeOf(run, run.recipe.judgedOptions));
    const accuracies: Evaluation['accuracies'] = posterior === undefined ? { restored } : { restored, posterior };
    return { step: now().steps, losses: {}, accuracies };
  }

  return { write, writeBack };
}
