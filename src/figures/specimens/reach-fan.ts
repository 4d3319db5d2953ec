import type { ComponentProps } from 'svelte';
import type ReachFan from '../ReachFan.svelte';
import type { Manner } from '../reach.ts';

const row = (n: number, ...spans: readonly (readonly [Manner, number, number])[]): (Manner | undefined)[] =>
  Array.from({ length: n }, (_, i) => spans.find(([, from, to]) => i >= from && i <= to)?.[0]);

const blocks = {
  noun: 'block',
  rows: [row(8, ['gradient', 0, 7]), row(8, ['gradient', 0, 0], ['gradient', 4, 7]), row(8, ['gradient', 5, 5])],
  looks: [[0, 4, 5, 6, 7].flatMap((from) => [[from, from] as const]), [0, 4, 5, 6, 7].map((to) => [5, to] as const)],
  target: 1,
};

export const specimens: Readonly<Record<string, ComponentProps<typeof ReachFan>>> = {
  'a memory, read and by relay': {
    noun: 'token',
    rows: [
      row(64, ['relay', 8, 23], ['read', 24, 47], ['gradient', 48, 60]),
      row(64, ['read', 32, 47], ['gradient', 48, 60]),
      row(64, ['gradient', 60, 60]),
    ],
    borders: [16, 32, 48],
    target: 12,
    width: 760,
  },
  'blocks, each look a line': { ...blocks, width: 520 },
  'blocks on a phone': { ...blocks, width: 320 },
};
