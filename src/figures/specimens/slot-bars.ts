import type { ComponentProps } from 'svelte';
import type SlotBars from '../SlotBars.svelte';

const made = {
  slots: ['colour', 'object', 'city'],
  readers: [
    { name: 'nothing kept', bits: [Math.log2(6), Math.log2(6), 3] },
    { name: '128 tokens kept', bits: [0, 0, 0] },
  ],
};

export const specimens: Readonly<Record<string, ComponentProps<typeof SlotBars>>> = {
  'two readers': { ...made, width: 640 },
  'on a phone': { ...made, width: 320 },
};
