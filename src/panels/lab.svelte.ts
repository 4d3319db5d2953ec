import { on } from 'svelte/events';
import type { Run } from '../training/run.ts';
import { createRunData, type RunData } from './run-data.svelte.ts';
import { createRunner, type Runner, type RunnerStatus } from './runner.svelte.ts';

const atWork: readonly RunnerStatus[] = ['preparing', 'running', 'recovering'];

/** What the panels of one page share: the run that is asked for, its text, and what carries it out. */
export interface Lab {
  readonly run: Run;
  readonly text: RunData;
  readonly runner: Runner;
}

/** One lab a page; the engine starts at its first command. To be called while a component is set up. */
export function createLab(run: () => Run): Lab {
  const text = createRunData(() => run().text);
  const runner = createRunner();
  $effect(() => () => runner.close());
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
  };
}
