import { on } from 'svelte/events';
import type { Data } from '../training/data.ts';
import type { Run } from '../training/run.ts';
import { departures, startingRun } from '../training/settings.ts';
import type { Habit } from './conduct.svelte.ts';
import type { Fit } from './device-fit.ts';
import { createRunData, isSame, type RunData } from './run-data.svelte.ts';
import { createRunner, type Runner, type RunnerStatus } from './runner.svelte.ts';

const atWork: readonly RunnerStatus[] = ['preparing', 'running', 'recovering'];

/** What the panels of one page share: the run that is asked for, its text, and what carries it out. */
export interface Lab {
  readonly run: Run;
  readonly text: RunData;
  /**
   * The text of the run on the chart, whose tokens its weights know: that of the run asked for, until another is
   * chosen. Absent before one is read.
   */
  readonly trained: Data | undefined;
  readonly runner: Runner;
  /** What is to be said of the run on this device before it is started. */
  readonly fit?: Fit | undefined;
}

/**
 * One lab a page; the engine starts at its first command. To be called while a component is set up. `background`
 * remembers whether training goes on while the page is hidden.
 */
export function createLab(
  run: () => Run,
  background?: Habit,
  runner: Runner = createRunner(undefined, background),
): Lab {
  const text = createRunData(() => run().text);
  const of = $derived(runner.run?.text);
  // Mostly it is that of the page, and when another is chosen it has been read before.
  const before = createRunData(
    () => (of && !isSame(of, run().text) ? of : undefined),
    (choice) => text.dataOf(choice),
  );
  const trained = $derived(of ? (text.dataOf(of) ?? before.dataOf(of)) : text.data);
  let fit = $state.raw<Fit>();
  $effect(() => () => runner.close());
  $effect(() => {
    const wanted = run();
    const vocabSize = text.data?.vocabulary.size ?? wanted.text.vocabSize;
    let isWanted = true;
    fit = undefined;
    // What a visitor begins with fits every device.
    if (Object.keys(departures(wanted, startingRun)).length > 0)
      import('./device-fit.ts').then(
        ({ fitOf }) => {
          if (isWanted) fit = fitOf(wanted, vocabSize);
        },
        // The worker looks at it again.
        () => undefined,
      );
    return () => {
      isWanted = false;
    };
  });
  // Whatever would reload the page asks first, and a training at work objects.
  $effect(() =>
    on(window, 'unmask:reload', (event) => {
      if (atWork.includes(runner.status) || runner.conduct.rest === 'now') event.preventDefault();
    }),
  );
  return {
    get run() {
      return run();
    },
    text,
    get trained() {
      return trained;
    },
    runner,
    get fit() {
      return fit;
    },
  };
}
