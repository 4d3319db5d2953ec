import type { ComponentProps } from 'svelte';
import type HeadInside from '../HeadInside.svelte';
import { reasons, softmax, wave } from './made/model.ts';

const text =
  '[CLS] on tuesday , it was rainy , so the [MASK] looked for honey near the forest . on [MASK] , mira went to the [MASK] and saw a pine . [SEP]';
const nothing = () => undefined;

/** A head that looks for the weather, over so many tokens of the story; left to right where `causal`. */
function headOver(count: number, query: number, numbers: number, causal = false) {
  const tokens = text.split(' ').slice(0, count);
  const scores = tokens.map((_, j) => reasons[1]!(query, j) * 0.8 - 0.4);
  const mask = tokens.map((_, j) => !causal || j <= query);
  const shares = softmax(scores.map((score, j) => (mask[j] ? score : Number.NEGATIVE_INFINITY)));
  const values = Array.from({ length: count * numbers }, (_, i) => 2.2 * wave(i, 5));
  return { tokens, query, scores, mask, shares, values, numbers };
}

export const specimens: Readonly<Record<string, ComponentProps<typeof HeadInside>>> = {
  'a hole that looks for the weather': { ...headOver(32, 10, 32), width: 1096, oncomponent: nothing },
  'left to right': { ...headOver(12, 8, 16, true), width: 760, component: 3 },
  'of 32 tokens, narrow': { ...headOver(32, 10, 32), width: 358, component: 9 },
  'on a projector': { ...headOver(9, 6, 16), width: 1100, size: 18 },
};
