import type { NoisingStage } from '../../stages.ts';

export const stage: NoisingStage = {
  title: 'One example: two models, one sentence between them',
  load: () => import('../../ReplacePanel.svelte'),
};
