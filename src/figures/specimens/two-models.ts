import type { ComponentProps } from 'svelte';
import type TwoModels from '../TwoModels.svelte';

const models = {
  given: ['the', '[MASK]', 'looked'],
  sampled: ['the', 'bear', 'looked'],
  generator: { layers: 1, hidden: 32, weights: 17_000 },
  discriminator: { layers: 2, hidden: 64, weights: 104_000 },
  tables: 17_000,
  shared: true,
  weight: 50,
};

export const specimens: Readonly<Record<string, ComponentProps<typeof TwoModels>>> = {
  'what is handed on': { ...models, width: 720 },
  'the loss of the generator': { ...models, lossOf: 'generator', width: 720 },
  'the loss of the discriminator, narrow': { ...models, lossOf: 'discriminator', width: 340 },
  'tables apart': { ...models, shared: false, lossOf: 'discriminator', width: 560 },
};
