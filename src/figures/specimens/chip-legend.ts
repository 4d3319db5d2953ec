import type { ComponentProps } from 'svelte';
import type ChipLegend from '../ChipLegend.svelte';

export const specimens: Readonly<Record<string, ComponentProps<typeof ChipLegend>>> = {
  'masked tokens': { kinds: ['hidden', 'replaced', 'kept', 'asked'], width: 640 },
  'in two lines': { kinds: ['hidden', 'replaced', 'kept', 'asked'], width: 240 },
};
