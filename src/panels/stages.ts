import type { Component } from 'svelte';
import type { Lab } from './lab.svelte.ts';

/** What an objective shows of its draws, with its own tape: `stage.ts` in `stages/<id of the noising>`. */
export interface NoisingStage {
  /** The heading above it. */
  readonly title: string;
  readonly load: () => Promise<{ readonly default: Component<{ readonly lab: Lab }> }>;
}

const found = import.meta.glob<NoisingStage>('./stages/*/stage.ts', { eager: true, import: 'stage' });

/** The stage of a noising, found by folder; undefined where the tape and the token strip say all there is to say. */
export const stageOf = (noising: string): NoisingStage | undefined => found[`./stages/${noising}/stage.ts`];
