import { type Point, valueAt } from '../figures/curve.ts';
import { loadPictures } from '../models/pictures.ts';
import type { Step } from '../training/protocol.ts';
import type { Made } from './left-run.ts';

/** What the horizontal axis of the loss chart counts. */
export const axes = ['steps', 'tokens', 'multiply-adds', 'seconds'] as const;
export type AxisName = (typeof axes)[number];

/** Where the steps of one run stand on an axis. */
export interface Places {
  /** Undefined where the run has not come. */
  readonly xOf: (step: number) => number | undefined;
  /** The last step at or before a place. */
  readonly stepOf: (x: number) => number;
}

/** A pause is no time of training, and a browser that slept is none: so many milliseconds between two steps at most. */
const longestStepMs = 2000;

const tokensOf = (steps: readonly Step[]): readonly Point[] => {
  let sum = 0;
  return steps.map(({ step, tokens }): Point => {
    sum += tokens;
    return [step, sum];
  });
};

/** From the first step on; a run that was taken up again counts its milliseconds from another beginning. */
const secondsOf = (steps: readonly Step[]): readonly Point[] => {
  let sum = 0;
  return steps.map(({ step, atMs }, i): Point => {
    const gap = atMs - (steps[i - 1]?.atMs ?? atMs);
    if (gap > 0 && gap <= longestStepMs) sum += gap / 1000;
    return [step, sum];
  });
};

/** Undefined where nothing is known of a run that the axis could count. */
export function placesOf(
  axis: Exclude<AxisName, 'steps'>,
  { steps, perStep }: { readonly steps: readonly Step[]; readonly perStep?: number | undefined },
): Places | undefined {
  if (axis === 'multiply-adds')
    return perStep === undefined
      ? undefined
      : { xOf: (step) => step * perStep, stepOf: (x) => Math.floor(x / perStep + 1e-6) };
  if (steps.length === 0) return undefined;
  const reached: readonly Point[] = [[0, 0], ...(axis === 'tokens' ? tokensOf(steps) : secondsOf(steps))];
  return {
    xOf: (step) => valueAt(reached, step),
    // Several steps may arrive at once: the last of them is meant.
    stepOf: (x) => reached.findLast(([, at]) => at <= x * (1 + 1e-9))?.[0] ?? 0,
  };
}

/** An axis that was chosen. */
export interface Axis {
  readonly name: AxisName;
  /** Where the steps of a run stand; undefined where that is not known. */
  readonly places: (run: Pick<Made, 'run' | 'steps' | 'vocabulary'>) => Places | undefined;
}

export const bySteps: Axis = { name: 'steps', places: () => ({ xOf: (step) => step, stepOf: (x) => x }) };

/** What counts multiply-adds is fetched when they are asked for. */
export async function axisOf(name: AxisName): Promise<Axis> {
  if (name === 'steps') return bySteps;
  if (name !== 'multiply-adds') return { name, places: ({ steps }) => placesOf(name, { steps }) };
  const [{ multiplyAddsOf }] = await Promise.all([import('../training/multiply-adds.ts'), loadPictures()]);
  return {
    name,
    places({ run, steps, vocabulary }) {
      const perStep = multiplyAddsOf(run, vocabulary?.size ?? run.text.vocabSize);
      return placesOf(name, { steps, perStep });
    },
  };
}
