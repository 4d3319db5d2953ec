import type { ComponentProps } from 'svelte';
import type NamedBars from '../NamedBars.svelte';

const bars = [
  { name: 'holes', value: 0.15, text: '15 %' },
  { name: 'fakes', value: 0.93, text: '93 %' },
  { name: 'next token', value: 0.83, text: '83 %' },
];

export const specimens: Readonly<Record<string, ComponentProps<typeof NamedBars>>> = {
  'three of them': { bars, measure: 'Asked for', width: 560 },
  narrow: { bars, measure: 'Asked for', width: 320 },
};
