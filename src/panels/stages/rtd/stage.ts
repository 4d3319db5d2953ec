import type { Stage } from '../../stages.ts';

export const stage: Stage = {
  title: 'One example: two models, one sentence between them',
  label: 'Replaced tokens',
  load: () => import('./Stage.svelte'),
};
