import { on } from 'svelte/events';
import type { Run } from '../training/run.ts';
import { departures } from '../training/settings.ts';
import type { Fit } from './device-fit.ts';
import { createRunData, type RunData } from './run-data.svelte.ts';
import { createRunner, type Runner, type RunnerStatus } from './runner.svelte.ts';

const atWork: readonly RunnerStatus[] = ['preparing', 'running', 'recovering'];

/** What the panels of one page share: the run that is asked for, its text, and what carries it out. */
export interface Lab {
  readonly run: Run;
  readonly text: RunData;
  readonly runner: Runner;
  /** What is to be said of the run on this device before it is started. */
  readonly fit?: Fit | undefined;
}

/** One lab a page; the engine starts at its first command. To be called while a component is set up. */
export function createLab(run: () => Run): Lab {
  const text = createRunData(() => run().text);
  const runner = createRunner();
  let fit = $state.raw<Fit>();
  $effect(() => () => runner.close());
  $effect(() => {
    const wanted = run();
    const vocabSize = text.data?.vocabulary.size ?? wanted.text.vocabSize;
    let isWanted = true;
    fit = undefined;
    // The usual run fits every device.
    if (Object.keys(departures(wanted)).length > 0)
      import('./device-fit.ts').then(({ fitOf }) => {
        if (isWanted) fit = fitOf(wanted, vocabSize);
      });
    return () => {
      isWanted = false;
    };
  });
  // Whatever would reload the page asks first, and a training at work objects.
  $effect(() =>
    on(window, 'unmask:reload', (event) => {
      if (atWork.includes(runner.status)) event.preventDefault();
    }),
  );
  return {
    get run() {
      return run();
    },
    text,
    runner,
    get fit() {
      return fit;
    },
  };
}
