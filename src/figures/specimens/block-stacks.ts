import type { ComponentProps } from 'svelte';
import type BlockStacks from '../BlockStacks.svelte';

const norm = { title: 'norm', weights: 1_536, isOwn: false };
const feed = { title: 'feed-forward', weights: 4_722_432, isOwn: false };
const attention = { title: 'attention', weights: 2_362_368, isOwn: false };

const stacks = [
  {
    name: 'ALBERT base',
    blocks: [
      {
        title: 'embeddings',
        count: 1,
        isShared: false,
        pieces: [
          { title: 'word table', weights: 3_840_000, isOwn: false },
          { title: 'projection', weights: 99_072, isOwn: true },
        ],
      },
      { title: 'layer 1', count: 12, isShared: true, pieces: [attention, norm, feed, norm] },
    ],
  },
  {
    name: 'BERT base',
    blocks: [
      {
        title: 'embeddings',
        count: 1,
        isShared: false,
        pieces: [{ title: 'word table', weights: 23_440_896, isOwn: false }],
      },
      { title: 'layer 1', count: 12, isShared: false, pieces: [attention, norm, feed, norm] },
    ],
  },
];

export const specimens: Readonly<Record<string, ComponentProps<typeof BlockStacks>>> = {
  'shared layers beside layers of their own': { stacks, width: 760 },
  'one below the other on a phone': { stacks, width: 350 },
};
