import type { Stage } from '../../../src/panels/stages.ts';

/** A stage of its own for the noising next door; only the test of one folder adds it. */
export const stage: Stage = {
  title: 'One example: an echo',
  label: 'Echo',
  keeps: { times: 'count' },
  load: () => import('./Stage.svelte'),
};
