import type { ComponentProps } from 'svelte';
import type ParameterBars from '../ParameterBars.svelte';

/** BERT base, counted from its state dict. */
const parts = [
  { name: 'word embeddings', count: 23_440_896 },
  { name: 'position and segment embeddings', count: 394_752 },
  { name: 'attention, 12 layers', count: 28_366_848 },
  { name: 'feed-forward, 12 layers', count: 56_687_616 },
  { name: 'layer norms', count: 38_400 },
  { name: 'heads', count: 1_213_500 },
];
export const specimens: Readonly<Record<string, ComponentProps<typeof ParameterBars>>> = {
  'BERT base': { parts, width: 720 },
  'BERT base, narrow': { parts, width: 330 },
};
