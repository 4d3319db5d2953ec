import type { ComponentProps } from 'svelte';
import type ResultDots from '../ResultDots.svelte';

const results = [
  { name: 'loss at every position', values: [2.61, 2.58, 2.66, 2.6, 2.63], hue: 4 },
  { name: 'loss at 15 %', values: [2.94, 2.89, 3.02, 2.97, 2.9], hue: 0 },
  { name: 'replaced, loss at 15 %', values: [2.88, 2.99, 2.93], hue: 2 },
];
const references = [
  { name: 'best possible', value: 2.31 },
  { name: 'bigram', value: 3.05 },
];
export const specimens: Readonly<Record<string, ComponentProps<typeof ResultDots>>> = {
  'three recipes': { results, references, measure: 'held-out loss (nats)', better: 'lower', width: 720 },
  'three recipes, narrow': { results, references, measure: 'held-out loss (nats)', better: 'lower', width: 330 },
  'accuracies, one not run yet': {
    results: [
      { name: 'sentence order', values: [0.94, 0.97, 0.91] },
      { name: 'next sentence', values: [] },
    ],
    references: [{ name: 'chance', value: 0.5 }],
    measure: 'share right',
    better: 'higher',
    width: 600,
  },
};
