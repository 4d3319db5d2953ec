import type { ComponentProps } from 'svelte';
import type Predictions from '../Predictions.svelte';

const probes = [
  {
    position: 3,
    truth: 'is',
    truthShare: 0.61,
    truthRank: 1,
    guesses: [
      { token: 'is', share: 0.61 },
      { token: 'was', share: 0.2 },
      { token: 'has', share: 0.08 },
      { token: 'and', share: 0.03 },
      { token: 'looks', share: 0.02 },
    ],
  },
  {
    position: 4,
    truth: 'hairy',
    truthShare: 0.004,
    truthRank: 31,
    guesses: [
      { token: 'big', share: 0.22 },
      { token: 'good', share: 0.19 },
      { token: 'happy', share: 0.11 },
      { token: 'old', share: 0.07 },
      { token: 'beautiful', share: 0.05 },
    ],
  },
  {
    position: 9,
    truth: '##ing',
    truthShare: 0.31,
    truthRank: 2,
    guesses: [
      { token: '##ed', share: 0.44 },
      { token: '##ing', share: 0.31 },
      { token: '##s', share: 0.1 },
      { token: '##er', share: 0.02 },
      { token: 'time', share: 0.01 },
    ],
  },
];
export const specimens: Readonly<Record<string, ComponentProps<typeof Predictions>>> = {
  'three places': { probes, width: 760 },
  'three places, narrow': { probes, width: 330 },
};
