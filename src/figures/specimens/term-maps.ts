import type { ComponentProps } from 'svelte';
import type TermMaps from '../TermMaps.svelte';

const tokens = ['on', 'monday', ',', 'it', 'rained'];
const square = (value: (i: number, j: number) => number) =>
  tokens.flatMap((_, i) => tokens.map((__, j) => Math.round(value(i, j) * 100) / 100));
/** Speckles; stripes along the rows; stripes along the columns. */
const c2c = square((i, j) => Math.sin(7 * i + 3 * j));
const c2p = square((i, j) => Math.cos(i + 2 * (i - j)) / 2);
const p2c = square((i, j) => Math.sin(2 * j - (i - j)) / 3);
const terms = [
  { name: 'content → content', map: c2c },
  { name: 'content → place', map: c2p },
  { name: 'place → content', map: p2c },
];
const total = c2c.map((value, at) => value + c2p[at]! + p2c[at]!);

export const specimens: Readonly<Record<string, ComponentProps<typeof TermMaps>>> = {
  'three and their sum': { tokens, terms, total, at: [4, 1], width: 720 },
  'two lines, narrow': { tokens, terms, total, at: [1, 1], width: 350 },
  'two tokens kept from before': { tokens, terms, total, at: [4, 1], kept: 2, width: 720 },
  'to be picked': { tokens, terms: terms.slice(0, 1), total: c2c, width: 420, onpick: () => undefined },
};
