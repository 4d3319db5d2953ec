import type { CostLine } from '../figures/cost-lines.ts';
import type { Bytes, Frame } from '../training/probed.ts';

/** How a pass changes a state: by how much it turns, in degrees, and how long the step is beside the state. */
export type Change = 'angle' | 'step';
export const changes: Readonly<Record<Change, { readonly label: string; readonly unit: string }>> = {
  angle: { label: 'how far a state turns', unit: 'degrees' },
  step: { label: 'how long the step is', unit: 'percent of the state’s length' },
};

const rowOf = ({ shape: [, width = 1], data, scale }: Bytes, token: number): number[] =>
  Array.from({ length: width }, (_, i) => data[token * width + i]! * scale);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const lengthOf = (a: readonly number[]): number => Math.sqrt(dot(a, a));

function changeOf(before: readonly number[], after: readonly number[], change: Change): number {
  if (change === 'step') {
    const step = after.map((x, i) => x - before[i]!);
    return (100 * lengthOf(step)) / Math.max(1e-9, lengthOf(before));
  }
  const cosine = dot(before, after) / Math.max(1e-9, lengthOf(before) * lengthOf(after));
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}

/** The mean over all tokens of what each pass changes, from the numbers that a frame keeps of each state. */
export function changesOf({ values }: Frame, change: Change): readonly number[] {
  const states = Array.from({ length: Object.keys(values).length }, (_, i) => values[`hidden.${i}`]).filter(
    (one) => one !== undefined,
  );
  return states.slice(1).map((after, i) => {
    const before = states[i]!;
    const tokens = before.shape[0] ?? 0;
    const all = Array.from({ length: tokens }, (_, token) =>
      changeOf(rowOf(before, token), rowOf(after, token), change),
    );
    return all.reduce((sum, one) => sum + one, 0) / Math.max(1, tokens);
  });
}

/** A line a frame, over the passes from 1 on. */
export const driftLines = (frames: readonly Frame[], change: Change): readonly CostLine[] =>
  frames.map((frame) => ({
    name: `step ${frame.step}`,
    points: changesOf(frame, change).map((y, i) => ({ x: i + 1, y })),
  }));
