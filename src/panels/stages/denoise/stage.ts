import type { NoisingStage } from '../../stages.ts';

export const stage: NoisingStage = {
  title: 'One example: the noise, step by step',
  load: () => import('../../NoisePanel.svelte'),
};
