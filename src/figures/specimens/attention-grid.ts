import type { ComponentProps } from 'svelte';
import type AttentionGrid from '../AttentionGrid.svelte';
import type { Head } from '../heads.ts';

export const tokens = ['[CLS]', 'anna', 'lost', 'her', 'red', 'hat', '.', '[SEP]'];
/** Softmax of scores that each head would give for its own reason. */
function head(layer: number, index: number, score: (i: number, j: number) => number): Head {
  const weights = tokens.flatMap((_, i) => {
    const powers = tokens.map((__, j) => Math.exp(score(i, j)));
    const sum = powers.reduce((total, x) => total + x, 0);
    return powers.map((x) => x / sum);
  });
  return { layer, head: index, weights };
}
export const heads: readonly Head[] = [
  head(0, 0, (i, j) => (j === i - 1 ? 4 : 0)),
  head(0, 1, (i, j) => (j === i + 1 ? 3 : 0)),
  head(0, 2, () => 0),
  head(0, 3, (i, j) => -Math.abs(i - j)),
  head(1, 0, (_, j) => (j === 0 ? 2.5 : 0)),
  head(1, 1, (i, j) => (i === 3 && j === 1 ? 5 : j === 7 ? 2 : 0)),
  head(1, 2, (i, j) => Math.cos(i * j)),
  head(1, 3, (i, j) => (i === j ? 6 : 0)),
];
const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof AttentionGrid>>> = {
  'all heads': { heads, tokens, width: 720, onenlarge: nothing },
  'all heads, narrow': { heads, tokens, width: 330 },
  'one head enlarged': { heads, tokens, width: 480, enlarged: '1.1', row: 3, onenlarge: nothing, onpoint: nothing },
};
