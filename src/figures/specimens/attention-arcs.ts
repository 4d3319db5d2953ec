import type { ComponentProps } from 'svelte';
import type AttentionArcs from '../AttentionArcs.svelte';
import { heads, tokens } from './attention-grid.ts';

const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof AttentionArcs>>> = {
  'arcs of one query': { tokens, weights: heads[5]!.weights, query: 3, width: 640, onpick: nothing },
  'arcs to the neighbour, narrow': { tokens, weights: heads[0]!.weights, query: 5, width: 320 },
  'arcs that are even': { tokens, weights: heads[2]!.weights, query: 0, width: 640 },
};
