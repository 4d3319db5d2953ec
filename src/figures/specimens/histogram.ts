import type { ComponentProps } from 'svelte';
import type Histogram from '../Histogram.svelte';

const runs = {
  unit: 'run',
  across: 'words in a run',
  bars: [
    { label: '1', count: 540, law: 6 / 11 },
    { label: '2', count: 290, law: 3 / 11 },
    { label: '3', count: 170, law: 2 / 11 },
  ],
};

export const specimens: Readonly<Record<string, ComponentProps<typeof Histogram>>> = {
  'runs of words': { ...runs, width: 620 },
  'on a phone, without a law': {
    ...runs,
    bars: runs.bars.map(({ label, count }) => ({ label, count })),
    width: 260,
  },
};
