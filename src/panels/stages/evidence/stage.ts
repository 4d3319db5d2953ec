import type { Stage } from '../../stages.ts';

/** Which clues are covered, by their numbers, is kept in the address. */
export const stage: Stage = { label: 'Evidence', keeps: { covered: 'counts' }, load: () => import('./Stage.svelte') };
