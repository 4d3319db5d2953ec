import type { Stage } from '../../stages.ts';

export const stage: Stage = {
  title: 'One example: the order of reading',
  label: 'Order of reading',
  keeps: { order: 'counts', predicted: 'count', number: 'count' },
  load: () => import('./Stage.svelte'),
};
