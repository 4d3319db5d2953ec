import type { Made } from '../objectives/make.ts';
import type { Example } from '../objectives/objective.ts';
import type { HiddenSpan } from '../text/exact.ts';
import type { Snapshot, Written } from './protocol.ts';

/** A hidden span with what stands around it up to the spans before and after: `from` … `to` − 1 of the sequence. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Each span with its visible surroundings; the frame is left out. `length` tokens in all. */
export function stretchesOf(spans: readonly HiddenSpan[], length: number): readonly Stretch[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  return sorted.map((_, i) => {
    const [before, after] = [sorted[i - 1], sorted[i + 1]];
    return { from: before ? before.start + before.length : 1, to: after ? after.start : length - 1 };
  });
}

/** Whether `written` has `wanted` in it, token by token and without a gap. */
export const holds = (written: readonly number[], wanted: readonly number[]): boolean =>
  written.some((_, at) => wanted.every((id, k) => written[at + k] === id));

/** How many of the hidden spans came back as they were, each with its surroundings. */
export function restored(
  { sequence }: Pick<Made, 'sequence'>,
  spans: readonly HiddenSpan[],
  written: readonly number[],
): number {
  const { ids } = sequence;
  return stretchesOf(spans, ids.length).filter(({ from, to }) => holds(written, ids.slice(from, to))).length;
}

/** The example whose decoder reads what was written, shifted by one, as it did while it wrote. */
export const rereading = (example: Example, written: readonly number[]): Example => ({
  ...example,
  decoderInputIds: [...(example.decoderInputIds?.slice(0, 1) ?? []), ...written.slice(0, -1)],
  labels: written,
});

/** What can be asked of a model. */
export interface Asked {
  /** Updates done. */
  readonly step: number;
  write(examples: readonly Example[]): Promise<readonly (readonly number[])[]>;
  inspect(examples: readonly Example[], taps: readonly string[]): Promise<Record<string, Snapshot>>;
}

/** What a model writes for an example, and its taps while it reads that over. */
export async function writeDown(trainer: Asked, example: Example, taps: readonly string[]): Promise<Written> {
  const [ids = []] = await trainer.write([example]);
  return { ids, step: trainer.step, taps: await trainer.inspect([rereading(example, ids)], taps) };
}
