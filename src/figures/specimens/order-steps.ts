import type { ComponentProps } from 'svelte';
import { byOrder } from '../../core/pattern.ts';
import type OrderSteps from '../OrderSteps.svelte';

const nothing = () => undefined;
/** Both streams of an order: context sees all context, a target what comes before it. */
function streams(order: readonly number[], predicted: number) {
  const cut = order.length - predicted;
  const rank: number[] = [];
  order.forEach((position, k) => {
    rank[position] = k < cut ? -1 : k;
  });
  const query = byOrder(order).map((row, i) => row.map((_, j) => rank[j]! < rank[i]! || rank[j] === -1));
  return { query, content: query.map((row, i) => row.map((visible, j) => visible || i === j)) };
}
const short = [2, 0, 3, 1];
const long = [5, 0, 9, 3, 7, 1, 4, 8, 2, 6];

export const specimens: Readonly<Record<string, ComponentProps<typeof OrderSteps>>> = {
  'four tokens, two predicted': {
    tokens: ['new', 'york', 'is', 'big'],
    order: short,
    predicted: 2,
    at: 2,
    width: 640,
    ...streams(short, 2),
    onpick: nothing,
  },
  'ten tokens, narrow': {
    tokens: ['[CLS]', 'the', 'toad', 'looked', 'for', 'honey', 'near', 'the', 'lake', '[SEP]'],
    order: long,
    predicted: 3,
    at: 8,
    width: 340,
    ...streams(long, 3),
  },
  'left to right': {
    tokens: ['a', 'dog', 'ran'],
    order: [0, 1, 2],
    predicted: 3,
    at: 1,
    width: 600,
    query: byOrder([0, 1, 2]),
    content: byOrder([0, 1, 2], true),
  },
  'the order alone': {
    tokens: ['new', 'york', 'is', 'big'],
    order: short,
    predicted: 2,
    at: 3,
    width: 420,
    only: 'order',
    ...streams(short, 2),
  },
  'the squares alone': {
    tokens: ['new', 'york', 'is', 'big'],
    order: short,
    predicted: 2,
    at: 3,
    width: 640,
    only: 'squares',
    ...streams(short, 2),
  },
};
