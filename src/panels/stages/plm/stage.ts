import type { Stage } from '../../stages.ts';

export const stage: Stage = {
  title: 'One example: the order of reading',
  label: 'Order of reading',
  load: () => import('./Stage.svelte'),
};
