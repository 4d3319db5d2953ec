import type { ComponentProps } from 'svelte';
import type Rectangles from '../Rectangles.svelte';

const tables = {
  ways: [
    { name: 'One table', shapes: [{ name: 'words', rows: 30_000, columns: 4096 }] },
    {
      name: 'Two',
      shapes: [
        { name: 'words', rows: 30_000, columns: 128 },
        { name: 'widening', rows: 128, columns: 4096, rank: 128 },
      ],
    },
  ],
};

export const specimens: Readonly<Record<string, ComponentProps<typeof Rectangles>>> = {
  'a word table in two': { ...tables, width: 720 },
  'a word table in two, narrow': { ...tables, width: 340 },
  'in groups': {
    ways: [
      { name: 'Full', shapes: [{ name: 'feed-forward', rows: 256, columns: 64 }] },
      { name: 'Two groups', shapes: [{ name: 'feed-forward', rows: 256, columns: 64, groups: 2 }] },
    ],
    width: 560,
  },
};
