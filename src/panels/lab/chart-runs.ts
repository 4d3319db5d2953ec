import type { Point, Series } from '../../figures/curve.ts';
import type { Flag } from '../../figures/loss-curve-flags.ts';
import { questionsOf } from '../../training/model.ts';
import { stepsOf } from '../../training/phases.ts';
import type { Lab } from '../lab.svelte.ts';
import { isSameRun } from '../left-run.ts';
import { type LossChart, lossCharts, turnsOf } from '../loss-charts.ts';
import { type AxisName, bySteps, type Places } from '../run-axes.ts';
import { hueOfLetter, type TrayRun } from '../tray.ts';

/** What the loss chart is given of one run, or of several on one axis. */
export interface Drawing {
  readonly series: readonly Series[];
  readonly unit: string;
  readonly xMax: number;
  readonly turns: readonly { readonly x: number; readonly label: string }[];
  readonly flags: readonly Flag[];
  readonly frames: readonly number[];
  readonly at: number | undefined;
  readonly onseek: ((at: number | undefined) => void) | undefined;
}

const units: Readonly<Record<AxisName, string>> = {
  steps: 'step',
  tokens: 'token',
  'multiply-adds': 'multiply-add',
  seconds: 'second',
};

/** A series with its points where their steps stand on the axis; what the axis does not know is left out. */
function placed(series: Series, { xOf }: Places): Series {
  const move = (points: readonly Point[]) =>
    points.flatMap(([step, loss]): Point[] => {
      const x = xOf(step);
      return x === undefined ? [] : [[x, loss]];
    });
  const traces = series.traces.map(({ training, heldOut }) => ({
    training: move(training),
    heldOut: heldOut && move(heldOut),
  }));
  return { ...series, traces };
}

/** One loss of a kept run: pale where the run on the chart has the same settings. */
function besides(one: TrayRun, name: string, live: Lab['run'] | undefined): Series | undefined {
  const own = lossCharts({ ...one, questions: questionsOf(one.run) }).find((chart) => chart.name === name);
  const isGhost = live !== undefined && isSameRun(one.run, live);
  return own?.whole[0] && { ...own.whole[0], name: one.letter, ghost: isGhost, hue: hueOfLetter(one.letter) };
}

/** A chart with the runs that are drawn beside its own, all on the axis that is chosen, under one playhead. */
export function drawnRuns({ tray, runner, run, scene, text }: Lab, chart: LossChart, flags: readonly Flag[]): Drawing {
  const { shown, live } = tray;
  const axis = tray.axis ?? bySteps;
  const own = live ?? { run, steps: runner.steps, vocabulary: text.data?.vocabulary };
  const places = axis.places(own);
  const hasStored = shown.some(({ from }) => from === 'stored');
  const isAlone = shown.length === 0;
  const mine = (isAlone ? chart.series : chart.whole).flatMap((series, i): Series[] => {
    if (!places || (hasStored && series.ghost)) return [];
    const lettered = i === 0 && live && !isAlone ? { name: live.letter, hue: hueOfLetter(live.letter) } : {};
    return [placed({ ...series, ...lettered }, places)];
  });
  const others = shown.flatMap((one): Series[] => {
    const [series, where] = [besides(one, chart.name, live?.run), axis.places(one)];
    // A ghost has the colour of the run that it is the ghost of.
    const hue = series?.ghost && live ? { hue: hueOfLetter(live.letter) } : {};
    return series && where ? [placed({ ...series, ...hue }, where)] : [];
  });
  const xOf = (step: number) => places?.xOf(step);
  const along = <T>(all: readonly T[], stepOf: (one: T) => number) =>
    all.flatMap((one): (readonly [T, number])[] => {
      const x = xOf(stepOf(one));
      return x === undefined ? [] : [[one, x]];
    });
  /** Of how many steps there will be all is known; of tokens and seconds only what has been. */
  const isFixed = axis.name === 'steps' || axis.name === 'multiply-adds';
  const frames = along(scene.steps, (step) => step);
  const at = scene.place === undefined ? undefined : xOf(scene.place);
  return {
    series: [...mine, ...others],
    unit: units[axis.name],
    xMax: isFixed ? (xOf(stepsOf(own.run)) ?? 0) : 0,
    turns: along(turnsOf(own.run, Object.keys(questionsOf(own.run)).length), ({ x }) => x).map(([turn, x]) => ({
      ...turn,
      x,
    })),
    flags: along(flags, ({ step }) => step).map(([flag, x]) => ({ ...flag, step: x })),
    frames: frames.map(([, x]) => x),
    at,
    onseek:
      frames.length === 0 || !places ? undefined : (x) => scene.seek(x === undefined ? undefined : places.stepOf(x)),
  };
}
