import type { ComponentProps } from 'svelte';
import type HeadPairs from '../HeadPairs.svelte';

/** Three tokens: who looks at itself, who at its neighbour, who at all alike. */
const itself = [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8];
const neighbour = [0.1, 0.8, 0.1, 0.1, 0.1, 0.8, 0.8, 0.1, 0.1];
const alike = Array.from({ length: 9 }, () => 1 / 3);

const two = {
  models: ['teacher', 'student'],
  length: 3,
  pairs: [
    { name: 'head 1', maps: [itself, itself], apart: 0 },
    { name: 'head 2', maps: [itself, alike], apart: 0.46 },
    { name: 'head 3', maps: [itself, neighbour], apart: 1.46 },
  ],
} as const;

export const specimens: Readonly<Record<string, ComponentProps<typeof HeadPairs>>> = {
  'three heads': { ...two, width: 620 },
  'on a phone': { ...two, width: 300 },
};
