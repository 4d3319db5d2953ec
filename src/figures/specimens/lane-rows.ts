import type { ComponentProps } from 'svelte';
import type LaneRows from '../LaneRows.svelte';

const lanes = [
  { name: 'row 1', windows: 10, at: 3, tokens: 'a melon . on thursday , ida felt as light as a feather'.split(' ') },
  { name: 'row 2', windows: 10, at: 3, tokens: 'so the fox looked for berries near the castle . on'.split(' ') },
];

export const specimens: Readonly<Record<string, ComponentProps<typeof LaneRows>>> = {
  'two rows': { lanes, width: 640 },
  'on a phone': { lanes, width: 320 },
};
