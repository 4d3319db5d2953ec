import { untrack } from 'svelte';
import type { Vocabulary } from '../text/document.ts';
import type { Made } from './left-run.ts';
import { isLeft, isSameRun } from './left-run.ts';
import type { Axis } from './run-axes.ts';
import type { Runner } from './runner.ts';
import type { Lettered, TrayRun } from './tray.ts';

/** The runs of a page that stand beside the one on the chart. */
export interface Tray {
  readonly runs: readonly TrayRun[];
  readonly shown: readonly TrayRun[];
  /** The run on the chart; undefined before one has begun. */
  readonly live: Lettered | undefined;
  /** What the chart counts; undefined: steps. */
  readonly axis: Axis | undefined;
  count(axis: Axis | undefined): void;
  /** Keeps one run more, and draws it. */
  add(run: Made, from: TrayRun['from']): Promise<void>;
  show(letter: string, isShown: boolean): void;
  /** The run whose model is shown where there are two to choose from; undefined: that on the chart. */
  readonly looked: string | undefined;
  look(letter: string): void;
  remove(letter: string): void;
}

/** What a tray is made of. */
export interface TraySource {
  readonly runner: Runner;
  /** The tokens of the run on the chart. */
  readonly vocabulary: () => Vocabulary | undefined;
  /** Which run's model is shown, and what shows another one. */
  readonly looked?: (() => string | undefined) | undefined;
  readonly onlook?: ((letter: string) => void) | undefined;
}

/** How runs are kept: not fetched before there is one, for many a page never has any. */
const keeping = () => import('./tray.ts');

/** Keeps what was on the chart whenever it goes from there. To be called while a component is set up. */
export function createTray({
  runner,
  vocabulary,
  looked = () => undefined,
  onlook = () => undefined,
}: TraySource): Tray {
  let runs = $state.raw<readonly TrayRun[]>([]);
  /** Of the run on the chart, or of the next that comes there. */
  let letter = $state('A');
  let axis = $state.raw<Axis>();

  const now = $derived.by((): Made | undefined => {
    const { run, steps, evaluations, floors, frames, probe } = runner;
    return run && { run, steps, evaluations, floors, frames, probe, vocabulary: vocabulary() };
  });

  /** A run that leaves the chart takes its letter along. */
  async function add(made: Made, from: TrayRun['from'], hasLeft = false): Promise<void> {
    const { kept, nextLetter } = await keeping();
    const taken = () => runs.map((one) => one.letter);
    runs = kept(runs, { ...made, from, letter: hasLeft ? letter : nextLetter([letter, ...taken()]) });
    if (hasLeft) letter = nextLetter(taken());
  }

  let before: Made | undefined;
  $effect(() => {
    // While another run is prepared, the chart still shows the one before, already without its lines.
    if (runner.status === 'preparing') return;
    const seen = now;
    // After a lost context it does the same steps again.
    if (runner.status === 'recovering') before = undefined;
    untrack(() => {
      // Offline, and never fetched: then the curve is gone, and nothing else.
      if (before && isLeft(before, seen)) add(before, 'here', true).catch(() => undefined);
      const isOn = before && seen && isSameRun(before.run, seen.run);
      before = isOn ? { ...seen, floors: seen.floors ?? before?.floors } : seen;
    });
  });

  const shown = $derived(runs.filter(({ isShown }) => isShown));
  const live = $derived(now && { ...now, letter });

  return {
    get runs() {
      return runs;
    },
    get shown() {
      return shown;
    },
    get live() {
      return live;
    },
    get axis() {
      return axis;
    },
    count(wanted) {
      axis = wanted;
    },
    add: (made, from) => add(made, from),
    show(wanted, isShown) {
      runs = runs.map((one) => (one.letter === wanted ? { ...one, isShown } : one));
    },
    get looked() {
      return looked();
    },
    look: onlook,
    remove(wanted) {
      runs = runs.filter((one) => one.letter !== wanted);
    },
  };
}
