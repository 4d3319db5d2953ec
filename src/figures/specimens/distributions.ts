import type { ComponentProps } from 'svelte';
import type Distributions from '../Distributions.svelte';

/** Animals of a rainy day, as four readers have them. */
const animals = {
  words: ['toad', 'snail', 'duck', 'mouse', 'lion'],
  readers: [
    { name: 'the label', shares: [1, 0, 0, 0, 0] },
    { name: 'teacher', shares: [0.28, 0.22, 0.25, 0.2, 0.02] },
    { name: 'student', shares: [0.24, 0.22, 0.27, 0.21, 0.03] },
    { name: 'exact', shares: [0.25, 0.25, 0.25, 0.25, 0] },
  ],
  truth: 0,
} as const;

export const specimens: Readonly<Record<string, ComponentProps<typeof Distributions>>> = {
  'four readers': { ...animals, width: 720 },
  'on a phone': { ...animals, width: 330 },
  'small shares from near': {
    words: ['the', 'on', 'choir'],
    readers: [
      { name: 'alike', shares: [0.086, 0.05, 0.0004] },
      { name: 'rare first', shares: [0.015, 0.013, 0.0029] },
    ],
    near: true,
    width: 520,
  },
  'one reader, nothing left over': {
    words: ['new', 'tel'],
    readers: [{ name: 'exact', shares: [0.5, 0.5] }],
    width: 420,
  },
};
