import type { ComponentProps } from 'svelte';
import type EvidenceBars from '../EvidenceBars.svelte';

const sides = { yes: 'B follows A', no: 'B is from another document' };
const clues = [
  { name: 'place', a: ['castle'], b: ['dragon', 'castle'], bits: 3 },
  { name: 'hero', a: ['nora'], b: ['she'], bits: 1 },
  { name: 'weekday', a: ['monday'], b: ['tuesday'], bits: Math.log2(6.4) },
];

export const specimens: Readonly<Record<string, ComponentProps<typeof EvidenceBars>>> = {
  'three for it': { ...sides, clues, bits: 4 + Math.log2(6.4), share: 0.99, truth: true, width: 620 },
  'one covered': {
    ...sides,
    clues: clues.map((clue, i) => ({ ...clue, covered: i === 0 })),
    bits: 1 + Math.log2(6.4),
    share: 0.93,
    truth: true,
    width: 620,
  },
  'ruled out': {
    ...sides,
    clues: [
      { name: 'place', a: ['castle'], b: ['harbor'], bits: Number.NEGATIVE_INFINITY },
      { name: 'hero', a: ['nora'], b: [], bits: 0 },
      { name: 'weekday', a: ['monday'], b: ['friday'], bits: Math.log2(0.1) },
    ],
    bits: Number.NEGATIVE_INFINITY,
    share: 0,
    truth: false,
    width: 330,
  },
};
