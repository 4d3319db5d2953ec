import type { NoisingStage } from '../../stages.ts';

export const stage: NoisingStage = {
  title: 'One example: the order of reading',
  load: () => import('../../OrderPanel.svelte'),
};
