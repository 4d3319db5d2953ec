import type { Stage } from '../../stages.ts';

const label = 'What gives a pair away';

/** Clue by clue: which are covered, by their numbers, is kept in the address. */
export const stage: Stage = { label, keeps: { covered: 'counts' }, load: () => import('./Stage.svelte') };

/** The same pair before readers who see less and less of it. */
export const readers: Stage = { label: 'Who can tell', load: () => import('./Readers.svelte') };

/** The pair alone: one row with one question. */
export const row: Stage = { label: 'One row, one label', load: () => import('./Row.svelte') };
