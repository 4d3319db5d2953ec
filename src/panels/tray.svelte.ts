import { untrack } from 'svelte';
import type { Vocabulary } from '../text/document.ts';
import type { Axis, Places } from './run-axes.ts';
import type { Runner } from './runner.ts';
import { isLeft, isSameRun, kept, type Lettered, type Made, nextLetter, type TrayRun } from './tray.ts';

/** The runs of a page that stand beside the one on the chart. */
export interface Tray {
  readonly runs: readonly TrayRun[];
  readonly shown: readonly TrayRun[];
  /** The run on the chart; undefined before one has begun. */
  readonly live: Lettered | undefined;
  /** What the chart counts. */
  readonly axis: Axis;
  /** Rejects where the page is offline and what counts was never fetched. */
  count(axis: Axis): Promise<void>;
  /** Where the steps of a run stand on the axis; undefined where that is not known. */
  places(run: Pick<Made, 'run' | 'steps' | 'vocabulary'>): Places | undefined;
  /** Keeps one run more, and draws it. */
  add(run: Made, from: TrayRun['from']): void;
  show(letter: string, isShown: boolean): void;
  remove(letter: string): void;
}

const bySteps: Places = { xOf: (step) => step, stepOf: (x) => x };

/** What a tray is made of. */
export interface TraySource {
  readonly runner: Runner;
  /** The tokens of the run on the chart. */
  readonly vocabulary: () => Vocabulary | undefined;
}

/** Keeps what was on the chart whenever it goes from there. To be called while a component is set up. */
export function createTray({ runner, vocabulary }: TraySource): Tray {
  let runs = $state.raw<readonly TrayRun[]>([]);
  /** Of the run on the chart, or of the next that comes there. */
  let letter = $state('A');
  let axis = $state<Axis>('steps');
  let asked: Axis = axis;
  /** Fetched when they are asked for: a page that counts steps does without. */
  let placing = $state.raw<typeof import('./run-axes.ts')>();
  let counting = $state.raw<typeof import('../training/multiply-adds.ts')>();

  const now = $derived.by((): Made | undefined => {
    const { run, steps, evaluations, floors, frames, probe } = runner;
    return run && { run, steps, evaluations, floors, frames, probe, vocabulary: vocabulary() };
  });

  function add(made: Made, from: TrayRun['from'], as: string): void {
    runs = kept(runs, { ...made, from, letter: as });
  }

  let before: Made | undefined;
  $effect(() => {
    // While another run is prepared, the chart still shows the one before, already without its lines.
    if (runner.status === 'preparing') return;
    const seen = now;
    untrack(() => {
      if (before && isLeft(before, seen)) {
        add(before, 'here', letter);
        letter = nextLetter(runs.map((one) => one.letter));
      }
      const isOn = before && seen && (before.run === seen.run || isSameRun(before.run, seen.run));
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
    async count(wanted) {
      asked = wanted;
      if (wanted !== 'steps') placing ??= await import('./run-axes.ts');
      if (wanted === 'multiply-adds') counting ??= await import('../training/multiply-adds.ts');
      if (asked === wanted) axis = wanted;
    },
    places({ run, steps, vocabulary: words }) {
      if (axis === 'steps') return bySteps;
      const perStep = axis === 'multiply-adds' ? counting?.multiplyAddsOf(run, words?.size ?? run.text.vocabSize) : 0;
      return placing?.placesOf(axis, { steps, perStep });
    },
    add: (made, from) => add(made, from, nextLetter([letter, ...runs.map((one) => one.letter)])),
    show(wanted, isShown) {
      runs = runs.map((one) => (one.letter === wanted ? { ...one, isShown } : one));
    },
    remove(wanted) {
      runs = runs.filter((one) => one.letter !== wanted);
    },
  };
}
