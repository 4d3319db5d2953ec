import type { NoisingStage } from '../../../src/panels/stages.ts';

/** A stage of its own for the noising next door; only the test of one folder adds it. */
export const stage: NoisingStage = { title: 'One example: an echo', load: () => import('./Echo.svelte') };
