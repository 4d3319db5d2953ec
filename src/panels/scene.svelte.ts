import { untrack } from 'svelte';
import type { Vocabulary } from '../text/document.ts';
import { continuation, createVocabulary } from '../text/vocabulary.ts';
import { frameAt, isSameProbe } from '../training/frames.ts';
import type { Frame, ProbeRows, ProbeText } from '../training/probed.ts';
import type { Run } from '../training/run.ts';
import { isSameRun } from './left-run.ts';
import { createPaced } from './paced.svelte.ts';
import type { Runner } from './runner.ts';
import type { Stored } from './stored.svelte.ts';

/** Where a frame comes from: the model as it is now, a kept step of the run on the chart, or the stored run. */
export type Origin = 'live' | 'kept' | 'stored';

/** What is shown of a run: one step of it, in every panel. */
export interface Scene {
  /** The run whose frame it is. */
  readonly run: Run | undefined;
  readonly vocabulary: Vocabulary | undefined;
  readonly probe: ProbeRows | undefined;
  /** The first row without noise, as text. */
  readonly sentence: string | undefined;
  readonly frame: Frame | undefined;
  readonly origin: Origin | undefined;
  /** The step it is of: where the playhead stands, at the frame that was kept of it. */
  readonly step: number | undefined;
  /** The steps of which there is a frame, in order. */
  readonly steps: readonly number[];
  /** Where the playhead was put; undefined: it goes with the run. */
  readonly at: number | undefined;
  /** The same, as far as what is shown has followed it. */
  readonly settled: number | undefined;
  /** The step that the playhead is drawn at: under the pointer while it is moved, then at the step that is shown. */
  readonly place: number | undefined;
  seek(step: number | undefined): void;
}

/** Between two questions: at least so long, and so many times as long as the last one took. */
const shortestPauseMs = 1000;
const costShare = 15;

/** What a scene is made of. */
export interface SceneSource {
  readonly runner: Runner;
  readonly stored: Stored | undefined;
  /** The tokens of the run on the chart. */
  readonly vocabulary: () => Vocabulary | undefined;
  /** The run of the page: that of which something was kept in this browser. */
  readonly left: () => Run;
  /** What the run is to be asked. */
  readonly text: () => ProbeText;
  readonly at: () => number | undefined;
  readonly onseek: (step: number | undefined) => void;
}

/**
 * Chooses what to show, and asks the run whenever its weights have moved on; one question at a time. To be called
 * while a component is set up.
 */
export function createScene({ runner, stored, vocabulary, left, text, at, onseek }: SceneSource): Scene {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let isAsking = false;
  /** Another question is to follow the one on its way. */
  let isWanted = false;

  const recording = $derived(stored?.recording);
  const recordedVocabulary = $derived(recording && createVocabulary(recording.tokens, []));
  /** Whether there is a run here: one that is carried out, or what is left of it in this browser. */
  const isBegun = $derived(runner.run !== undefined || (runner.frames.length > 0 && runner.probe !== undefined));
  const isSame = $derived(runner.run !== undefined && stored?.run !== undefined && isSameRun(runner.run, stored.run));
  const own = $derived(runner.frames);
  const paced = createPaced(at);
  /** Whether what was stored of the run answers the same question, so that its frames stand between those kept here. */
  const isAsOne = $derived(isSame && isSameProbe(runner.probe, recording?.probe));
  const shown = $derived.by((): { readonly frame: Frame; readonly origin: Origin } | undefined => {
    const step = paced.current;
    const before = recording?.frames ?? [];
    if (isBegun) {
      const latest = runner.latest ?? own.at(-1);
      const origin = runner.run ? 'live' : 'kept';
      const [mine, theirs] = step === undefined ? [] : [frameAt(own, step), isAsOne && frameAt(before, step)];
      const near = (frame: Frame) => (frame.step <= step! ? frame.step : Number.NEGATIVE_INFINITY);
      if (theirs && (!mine || near(theirs) > near(mine))) return { frame: theirs, origin: 'stored' };
      if (mine) return { frame: mine, origin: 'kept' };
      return latest && { frame: latest, origin };
    }
    const frame = frameAt(before, step ?? Number.POSITIVE_INFINITY);
    return frame && { frame, origin: 'stored' };
  });
  /** Who reads only these is not asked anew at every step of a playhead, but where another frame comes. */
  const frame = $derived(shown?.frame);
  const origin = $derived(shown?.origin);
  const isStored = $derived(origin === 'stored' || !isBegun);
  const steps = $derived.by(() => {
    const some = new Set(own.map(({ step }) => step));
    if (!isBegun || isAsOne) for (const { step } of recording?.frames ?? []) some.add(step);
    return [...some].sort((a, b) => a - b);
  });

  /** What is asked, spelled out: another one is asked only if it is another one. */
  const question = $derived(JSON.stringify(text()));
  let asked: string | undefined;
  $effect(() => {
    if (!runner.run || runner.status === 'preparing') asked = question;
    else if (asked !== question) {
      asked = question;
      runner.ask(text());
    }
  });

  function glance(): void {
    if (isAsking || runner.probe === undefined) return;
    isAsking = true;
    askedAtMs = performance.now();
    runner.glance();
  }
  let tookMs = 0;
  $effect(() => {
    void runner.latest;
    tookMs = performance.now() - askedAtMs;
    isAsking = false;
    if (isWanted) untrack(glance);
    isWanted = false;
  });
  // Then no answer comes.
  $effect(() => {
    if (runner.problem || runner.status === 'preparing') isAsking = false;
  });
  // Where it stands still it is asked once more, for it may have gone on since the last question.
  $effect(() => {
    void runner.version;
    const isStill = isBegun && at() === undefined && (runner.status === 'paused' || runner.status === 'done');
    if (isStill && isAsking) isWanted = true;
    else if (isStill) untrack(glance);
  });
  // While it trains, ask as often as costs the training little.
  $effect(() => {
    void runner.step;
    if (runner.status !== 'running' || at() !== undefined || isAsking) return;
    if (performance.now() - askedAtMs > Math.max(shortestPauseMs, costShare * tookMs)) untrack(glance);
  });

  const words = $derived(isStored ? recordedVocabulary : vocabulary());
  const probe = $derived(isStored ? recording?.probe : runner.probe);
  const sentence = $derived.by(() => {
    if (!words || !probe) return undefined;
    const ids = probe.original.filter((id) => !words.isSpecial(id));
    const text = ids.map((id) => words.tokens[id]).join(' ');
    return words.textOf?.(ids) ?? text.replaceAll(` ${continuation}`, '');
  });

  return {
    get run() {
      return isStored ? stored?.run : (runner.run ?? left());
    },
    get vocabulary() {
      return words;
    },
    get probe() {
      return probe;
    },
    get sentence() {
      return sentence;
    },
    get frame() {
      return frame;
    },
    get origin() {
      return origin;
    },
    get step() {
      return frame?.step;
    },
    get steps() {
      return steps;
    },
    get at() {
      return at();
    },
    get settled() {
      return paced.current;
    },
    get place() {
      const step = at();
      return paced.isMoving && step !== undefined ? Math.min(step, steps.at(-1) ?? step) : frame?.step;
    },
    seek: onseek,
  };
}
