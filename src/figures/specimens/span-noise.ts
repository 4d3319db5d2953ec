import type { ComponentProps } from 'svelte';
import type SpanNoise from '../SpanNoise.svelte';

const words = ['[CLS]', 'the', 'toad', 'ran', '.', 'mira', 'saw', 'a', 'pine', 'tree', '.', '[SEP]'];
const item = (origin: number) => ({
  token: words[origin]!,
  origins: [origin],
  special: words[origin]!.startsWith('['),
});
const shuffled = [0, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 11];
const deleted = shuffled.filter((origin) => origin !== 6);
const stages = [
  { name: 'The text', items: words.map((_, origin) => item(origin)) },
  { name: 'Sentences shuffled', items: shuffled.map(item) },
  { name: 'A word deleted', items: deleted.map(item) },
  {
    name: 'Spans of length 3, 1 and 0 hidden',
    items: deleted.flatMap((origin) => {
      if (origin === 8 || origin === 9) return [];
      if (origin === 7) return [{ token: '[MASK]', origins: [7, 8, 9] }];
      if (origin === 2) return [{ token: '[MASK]', origins: [2] }];
      if (origin === 4) return [{ token: '[MASK]', origins: [] }, item(4)];
      return [item(origin)];
    }),
  },
];
const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof SpanNoise>>> = {
  'three kinds of noise': { stages, width: 760, followed: 3, onpoint: nothing },
  'three kinds of noise, narrow': { stages, width: 350, followed: 8 },
};
