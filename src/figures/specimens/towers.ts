import type { ComponentProps } from 'svelte';
import type Towers from '../Towers.svelte';
import type { Floor } from '../towers.ts';

const floors = (count: number, width: number, more: (i: number) => Partial<Floor> = () => ({})): Floor[] =>
  Array.from({ length: count }, (_, i) => ({ width, ...more(i) }));

const shared = {
  towers: [
    { name: 'BERT', note: '206 k weights', floors: floors(4, 64, (i) => ({ cells: [{ hue: i, label: 'abcd'[i]! }] })) },
    {
      name: 'Attention shared',
      floors: floors(4, 64, (i) => ({
        cells: [
          { hue: 0, label: 'a' },
          { hue: i + 1, label: 'bcde'[i]! },
        ],
      })),
    },
    {
      name: 'ALBERT',
      note: '56 k weights',
      floors: floors(1, 64, () => ({ cells: [{ hue: 0, label: 'a' }] })),
      loop: 4,
    },
  ],
};

export const specimens: Readonly<Record<string, ComponentProps<typeof Towers>>> = {
  'ways to share': { ...shared, width: 720 },
  'ways to share, narrow': { ...shared, width: 340 },
  'every second floor': {
    towers: [
      { name: 'BERT', floors: floors(12, 768, (i) => ({ lit: i % 2 === 0 })) },
      { name: 'DistilBERT', floors: floors(6, 768) },
    ],
    links: Array.from({ length: 6 }, (_, i) => ({ from: [0, 2 * i] as const, to: [1, i] as const })),
    width: 560,
  },
  'a narrow inside and a door': {
    towers: [
      { name: 'Teacher', floors: floors(3, 1024, () => ({ inner: 512 })) },
      { name: 'Student', floors: floors(3, 512, () => ({ inner: 128 })), door: { floor: 2, words: 'absolute places' } },
    ],
    links: [{ from: [0, 1], to: [1, 1], value: '0.12' }],
    at: [1, 2],
    onpick: () => {},
    width: 640,
  },
};
