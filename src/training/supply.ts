import type { Rng } from '../core/rng.ts';
import type { Arrays } from '../objectives/batch.ts';
import { furtherBatches, type HeldOut, heldOutBatches, trainingBatch } from './batches.ts';
import type { Data } from './data.ts';
import type { Run } from './run.ts';

/** The batches of one run, drawn when there is time for it. A batch is the same whenever it is drawn. */
export interface Supply {
  /** Draws the batch of step `step` (1 is the first) ahead, unless that is done. One at most is held. */
  prepare(step: number): void;
  /** The batch of step `step`: the one that was prepared, or drawn now. */
  batch(step: number): Arrays;
  /** Batches to be judged on; the same ones each time. */
  heldOut(): readonly HeldOut[];
  /** Others that the run is judged on as well, by the name of their set; the same ones each time. */
  further(): Readonly<Record<string, readonly HeldOut[]>>;
}

/** The stream of step `step` of a run whose stream is `rng`. */
export const streamOf = (rng: Rng, step: number): Rng => rng.fork(`step ${step}`);

/** Held-out batches that take more room than this, in bytes, are drawn anew for each evaluation. */
const mostBytes = 2 ** 24;

const bytesOf = (batch: Arrays): number =>
  Object.values(batch).reduce<number>((sum, values) => sum + (ArrayBuffer.isView(values) ? values.byteLength : 0), 0);

/** `rng` is the run's own stream; `most` bytes of held-out batches are kept. */
export function createSupply(data: Data, run: Run, rng: Rng, most = mostBytes): Supply {
  let ready: { readonly step: number; readonly arrays: Arrays } | undefined;
  /** Draws once, as long as it takes not too much room. */
  function once<T>(draw: () => T, batchesIn: (drawn: T) => readonly HeldOut[]): () => T {
    let kept: T | undefined;
    return () => {
      if (kept) return kept;
      const drawn = draw();
      if (batchesIn(drawn).reduce((sum, batch) => sum + bytesOf(batch.arrays), 0) <= most) kept = drawn;
      return drawn;
    };
  }
  const draw = (step: number) => trainingBatch(data, run, step, streamOf(rng, step).fork('data'));
  return {
    prepare(step) {
      if (ready?.step !== step) ready = { step, arrays: draw(step) };
    },
    batch(step) {
      const arrays = ready?.step === step ? ready.arrays : draw(step);
      ready = undefined;
      return arrays;
    },
    heldOut: once(
      () => heldOutBatches(data, run),
      (drawn) => drawn,
    ),
    further: once(
      () => furtherBatches(data, run),
      (drawn) => Object.values(drawn).flat(),
    ),
  };
}
