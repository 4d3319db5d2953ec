import type { ComponentProps } from 'svelte';
import type CostLines from '../CostLines.svelte';

const lengths = [64, 128, 256, 512, 1024];
const made = {
  across: 'tokens of a text',
  unit: 'pairs of a head',
  log: true,
  lines: [
    { name: 'every token with every other', points: lengths.map((x) => ({ x, y: x * x })) },
    { name: 'six blocks of 8 a row', points: lengths.map((x) => ({ x, y: 48 * x })) },
  ],
};

export const specimens: Readonly<Record<string, ComponentProps<typeof CostLines>>> = {
  'two ways, with a mark': { ...made, at: 512, width: 720 },
  'on a phone, even axes': { ...made, log: false, width: 320 },
};
