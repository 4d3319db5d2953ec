import type { ComponentProps } from 'svelte';
import type ScoreSteps from '../ScoreSteps.svelte';

const made = {
  unit: 'score, from the old to the new',
  rows: [
    { name: 'a first task', from: 76.3, to: 79.56 },
    { name: 'where it begins', to: 77 },
    { name: 'one with a long name, and worse', from: 81, to: 80.5 },
  ],
};

export const specimens: Readonly<Record<string, ComponentProps<typeof ScoreSteps>>> = {
  'three rows': { ...made, width: 700 },
  'on a phone': { ...made, width: 320 },
};
