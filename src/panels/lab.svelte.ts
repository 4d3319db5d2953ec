import { on } from 'svelte/events';
import type { ModelPart } from '../figures/named-parts.ts';
import type { Data } from '../training/data.ts';
import type { ProbeText } from '../training/probed.ts';
import type { Run } from '../training/run.ts';
import { departures, isSameText, startingRun } from '../training/settings.ts';
import type { Habit } from './conduct.svelte.ts';
import type { Fit } from './device-fit.ts';
import { createRunData, type RunData } from './run-data.svelte.ts';
import { createRunner } from './runner.svelte.ts';
import type { Runner, RunnerStatus } from './runner.ts';
import { createScene, type Scene } from './scene.svelte.ts';
import { createStored, type OfferedRun, type Stored, type StoredSource } from './stored.svelte.ts';
import { createTray, type Tray } from './tray.svelte.ts';

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
  /** The run asked for, as it was made before. */
  readonly stored?: Stored | undefined;
  /** Has it fetched, for a picture of it where no lab shows it. */
  needStored(): void;
  /** All runs that were made before, to be drawn beside this one. */
  readonly others?: (() => Promise<readonly OfferedRun[]>) | undefined;
  /** What the panels show of a run, all of the same step. */
  readonly scene: Scene;
  /** The runs beside the one on the chart. */
  readonly tray: Tray;
  /** The part of the model that is pointed at, in the picture or in words. */
  readonly lit: { part: ModelPart | undefined };
  /** What the run is asked. */
  readonly probe: ProbeText;
  /** Asks about another sentence; undefined: that of the page. */
  ask(probe: ProbeText | undefined): void;
}

/** What a page gives its lab. */
export interface LabSource {
  readonly run: () => Run;
  readonly probe: () => ProbeText;
  readonly stored?: (() => StoredSource | undefined) | undefined;
  /** What has it fetched, where it is not there by itself. */
  readonly onneed?: (() => void) | undefined;
  readonly others?: Lab['others'];
  /** Where the playhead was put, and what puts it elsewhere. */
  readonly at?: (() => number | undefined) | undefined;
  readonly onseek?: ((step: number | undefined) => void) | undefined;
  /** The letter of the run whose model is shown, and what shows another one's. */
  readonly looked?: (() => string | undefined) | undefined;
  readonly onlook?: ((letter: string) => void) | undefined;
  /** Remembers whether training goes on while the page is hidden. */
  readonly background?: Habit | undefined;
  readonly runner?: Runner | undefined;
  /** Whether the run is known to fit every device. */
  readonly fits?: boolean;
}

/** One lab a page; the engine starts at its first command. To be called while a component is set up. */
export function createLab({
  run,
  probe,
  stored: source = () => undefined,
  onneed = () => undefined,
  others,
  at = () => undefined,
  onseek = () => undefined,
  looked,
  onlook,
  background,
  runner = createRunner(undefined, background),
  fits = false,
}: LabSource): Lab {
  const text = createRunData(() => run().text);
  const of = $derived(runner.run?.text);
  // Mostly it is that of the page, and when another is chosen it has been read before.
  const before = createRunData(
    () => (of && !isSameText(of, run().text) ? of : undefined),
    (choice) => text.dataOf(choice),
  );
  const trained = $derived(of ? (text.dataOf(of) ?? before.dataOf(of)) : text.data);
  const stored = createStored(source);
  let own = $state.raw<ProbeText>();
  const asked = $derived(own ?? probe());
  const vocabulary = () => trained?.vocabulary;
  const scene = createScene({ runner, stored, vocabulary, left: run, text: () => asked, at, onseek });
  const tray = createTray({ runner, vocabulary, looked, onlook });
  const lit = $state<Lab['lit']>({ part: undefined });
  let fit = $state.raw<Fit>();
  $effect(() => () => runner.close());
  $effect(() => {
    const wanted = run();
    let isWanted = true;
    fit = undefined;
    // What a visitor begins with fits every device.
    if (!fits && Object.keys(departures(wanted, startingRun)).length > 0) {
      // The most that is learned, and mostly what is: the text need not be read for it.
      const { vocabSize } = wanted.text;
      import('./device-fit.ts').then(
        ({ fitOf }) => {
          if (isWanted) fit = fitOf(wanted, vocabSize);
        },
        // The worker looks at it again.
        () => undefined,
      );
    }
    return () => {
      isWanted = false;
    };
  });
  // The page reads the text while the worker does, so that it can name the tokens of the first answer; and of one that
  // was kept in this browser.
  $effect(() => {
    if (runner.status !== 'idle' || runner.frames.length > 0) void trained;
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
    stored,
    needStored: onneed,
    others,
    scene,
    tray,
    lit,
    get probe() {
      return asked;
    },
    ask(text) {
      own = text;
    },
  };
}
