import { untrack } from 'svelte';
import type { Lab } from '../lab.svelte.ts';
import { type Given, type Question, whyNoWeights } from './block-question.ts';

/** What a part of a block is computed from, after so many updates. */
export interface BlockAnswer<Asked extends Question> extends Given {
  readonly asked: Asked;
  readonly step: number;
}

/** While the run trains: between two questions at least so long, and so many times as long as the last one took. */
const shortestPauseMs = 1000;
const costShare = 15;
/** States and weights are read one after the other, and an update may come between: so often they are read again. */
const attempts = 3;
/** How far what is computed may be from what the run has: more than 32 bits lose, and less than an update moves. */
export const tolerance = 5e-4;

/**
 * Asks the live run for a block's states and weights: at once when another one or another text is wanted or the run
 * comes to rest, and while it trains as often as costs the training little. `isOfOneStep`: whether states and weights
 * belong together. To be called while a component is set up.
 */
export function createBlockAnswer<Asked extends Question>(
  lab: () => Lab,
  question: () => Asked | undefined,
  isOfOneStep: (answer: BlockAnswer<Asked>) => boolean,
): { readonly current: BlockAnswer<Asked> | undefined; readonly isApart: boolean } {
  let found = $state.raw<BlockAnswer<Asked>>();
  let isApart = $state(false);
  let latest = 0;
  let isAsking = false;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let tookMs = 0;

  async function read({ runner }: Lab, asked: Asked, mine: number): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { shown: step } = runner;
      const [values, weights] = await Promise.all([runner.inspect(asked.example, [...asked.taps]), runner.weights()]);
      if (mine !== latest || !asked.taps.every((tap) => values[tap])) return;
      const answer = { asked, step, values, weights };
      isApart = !isOfOneStep(answer);
      if (isApart) continue;
      found = answer;
      return;
    }
  }

  function ask(asked: Asked): void {
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
    return asked && JSON.stringify([asked.name, asked.example]);
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
    if (untrack(() => found)?.asked.name !== asked.name) found = undefined;
    ask(asked);
  });

  return {
    get current() {
      const now = found;
      return now?.asked.name === question()?.name ? now : undefined;
    },
    get isApart() {
      return isApart;
    },
  };
}
