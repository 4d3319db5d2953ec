import type { Stage } from '../../stages.ts';

export const stage: Stage = {
  title: 'One example: the noise, step by step',
  label: 'Noise',
  load: () => import('./Stage.svelte'),
};
