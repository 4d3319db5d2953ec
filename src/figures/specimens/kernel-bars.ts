import type { ComponentProps } from 'svelte';
import type KernelBars from '../KernelBars.svelte';

const tokens = ['leo', 'felt', 'as', 'busy', 'as', 'a', 'bee', 'at', 'the'];
const kernels = [
  { name: 'head 1', weights: [0.01, 0.02, 0.05, 0.6, 0.1, 0.1, 0.05, 0.04, 0.03] },
  { name: 'head 2', weights: [0.05, 0.05, 0.1, 0.1, 0.3, 0.15, 0.1, 0.1, 0.05] },
];
const steps = Array.from({ length: 19 }, (_, i) => i - 9);

export const specimens: Readonly<Record<string, ComponentProps<typeof KernelBars>>> = {
  'two kernels of a word': { tokens, centre: 4, kernels, areShares: true, width: 720 },
  'two kernels of a word, narrow': { tokens, centre: 4, kernels, areShares: true, width: 330 },
  'one for all places': {
    tokens: tokens.map((_, i) => String(i - 4).replace('-', '−')),
    centre: 4,
    kernels: [{ name: 'number 1', weights: [0.1, -0.2, 0, 0.4, 0.1, -0.1, 0.2, 0, -0.3] }],
    areShares: false,
    width: 420,
  },
  'looks of eight heads by distance': {
    tokens: steps.map((step) => (step % 4 === 0 ? String(step).replace('-', '−') : '')),
    centre: 9,
    kernels: Array.from({ length: 8 }, (_, head) => {
      const raw = steps.map((step) => Math.exp(-Math.abs(step - (head - 4)) / (1 + (head % 3))));
      const sum = raw.reduce((total, one) => total + one, 0);
      return {
        name: `layer ${Math.floor(head / 4) + 1}, head ${(head % 4) + 1}`,
        weights: raw.map((one) => one / sum),
      };
    }),
    areShares: true,
    width: 720,
  },
};
