import type { ComponentProps } from 'svelte';
import { byOrder } from '../../core/pattern.ts';
import type StreamTowers from '../StreamTowers.svelte';

const tokens = ['[CLS]', 'a', 'letter', 'from', 'new', 'york', '.', '[SEP]'];
const order = [0, 7, 1, 2, 3, 6, 4, 5];
const city = {
  tokens,
  content: byOrder(order, true),
  query: byOrder(order),
  layers: 2,
  targets: [4, 5],
};
const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof StreamTowers>>> = {
  'two streams': { ...city, target: 5, width: 760, onpick: nothing },
  'the first of two targets, narrow': { ...city, target: 4, width: 380, onpick: nothing },
  'asked at its own place': { ...city, target: 4, reader: 4, width: 720 },
  'asked where the word before was read': { ...city, target: 4, reader: 6, width: 720 },
};
