import { untrack } from 'svelte';
import type { Lab } from '../lab.svelte.ts';
import { departure, headNumbers } from './head-numbers.ts';
import { type HeadQuestion, whyNoWeights } from './head-question.ts';
import type { HeadSource } from './head-source.ts';

/** What the heads of an attention are computed from, after so many updates. */
export interface HeadAnswer extends HeadSource {
  /** The heads that it is for, as in the question. */
  readonly group: string;
  readonly step: number;
}

/** While the run trains: between two questions at least so long, and so many times as long as the last one took. */
const shortestPauseMs = 1000;
const costShare = 15;
/** States and weights are read one after the other, and an update may come between: so often they are read again. */
const attempts = 3;
/** More than 32 bits lose; an update moves more. */
const tolerance = 5e-4;

/** Whether states and weights belong together: the shares are those of the run's own map, in each head. */
const isOfOneStep = (source: HeadSource): boolean =>
  Array.from({ length: source.map.shape[1] ?? 0 }, (_, head) => head).every(
    (head) => departure(source, head, 0, headNumbers(source, head, 0)) < tolerance,
  );

/**
 * Asks the live run for a layer's states and weights: at once when another layer or text is wanted or the run comes to
 * rest, and while it trains as often as costs the training little. To be called while a component is set up.
 */
export function createHeadAnswer(
  lab: () => Lab,
  question: () => HeadQuestion | undefined,
): { readonly current: HeadAnswer | undefined; readonly isApart: boolean } {
  let found = $state.raw<HeadAnswer>();
  let isApart = $state(false);
  let latest = 0;
  let isAsking = false;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let tookMs = 0;

  async function read({ runner }: Lab, asked: HeadQuestion, mine: number): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { shown: step } = runner;
      const [taps, weights] = await Promise.all([
        runner.inspect(asked.example, [...new Set([asked.state, asked.asking, asked.map])]),
        runner.weights(),
      ]);
      const [state, asking, map] = [taps[asked.state], taps[asked.asking], taps[asked.map]];
      if (mine !== latest || !state || !asking || !map) return;
      const answer = { ...asked, step, state, asking, map, weights };
      isApart = !isOfOneStep(answer);
      if (isApart) continue;
      found = answer;
      return;
    }
  }

  function ask(asked: HeadQuestion): void {
    latest += 1;
    const mine = latest;
    isAsking = true;
    askedAtMs = performance.now();
    read(lab(), asked, mine)
      .catch(() => undefined)
      .finally(() => {
        if (mine !== latest) return;
        isAsking = false;
        tookMs = performance.now() - askedAtMs;
      });
  }

  /** A frame is another object each time, and mostly of the same text. */
  const spelled = $derived.by(() => {
    const asked = question();
    return asked && JSON.stringify([asked.group, asked.example]);
  });
  let before: string | undefined;
  $effect(() => {
    const { runner, scene } = lab();
    void runner.version;
    void runner.step;
    const key = whyNoWeights(scene, runner) === undefined ? spelled : undefined;
    const asked = untrack(question);
    if (!asked || key === undefined) {
      latest += 1;
      before = undefined;
      found = undefined;
      return;
    }
    const isSoon = performance.now() - askedAtMs < Math.max(shortestPauseMs, costShare * tookMs);
    if (key === before && runner.status === 'running' && (isAsking || isSoon)) return;
    before = key;
    if (untrack(() => found)?.group !== asked.group) found = undefined;
    ask(asked);
  });

  return {
    get current() {
      return found;
    },
    get isApart() {
      return isApart;
    },
  };
}
