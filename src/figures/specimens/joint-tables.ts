import type { ComponentProps } from 'svelte';
import type JointTables from '../JointTables.svelte';

/** Three cities, the first of them as likely as the two others together. */
const cities = {
  rows: ['new', 'buenos', 'tel'],
  columns: ['york', 'aires', 'aviv'],
  first: [0.5, 0.25, 0.25],
  second: [0.5, 0.25, 0.25],
  joint: [
    [0.5, 0, 0],
    [0, 0.25, 0],
    [0, 0, 0.25],
  ],
} as const;

export const specimens: Readonly<Record<string, ComponentProps<typeof JointTables>>> = {
  'three cities': { ...cities, truth: [0, 0], width: 620 },
  'one below the other': { ...cities, truth: [1, 1], width: 260 },
};
