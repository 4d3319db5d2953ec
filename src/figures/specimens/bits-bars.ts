import type { ComponentProps } from 'svelte';
import type BitsBars from '../BitsBars.svelte';

const rows = [
  { name: 'masking, 30 % of the words', bits: 4.38, error: 0.22 },
  { name: 'one span a sentence', bits: 2.84, error: 0.18 },
  { name: 'shuffling', bits: 1.03, error: 0.11 },
];

export const specimens: Readonly<Record<string, ComponentProps<typeof BitsBars>>> = {
  'three noises': { rows, width: 640 },
  'three noises, narrow': { rows, width: 330 },
};
