/**
 * Numbers to draw with, by a formula: they look like those of a model but come from none. Scores with a reason
 * (the neighbour, a certain word, the token itself) go through softmax; states and shares are waves.
 */
import type { Chip } from '../../chips.ts';
import type { Answer, DrawnBlock, DrawnMap, Row, Side } from '../../model-picture.ts';

/** `the *toad looked` → chips; a star hides a word, a plus asks for it. */
export const chipsOf = (text: string): readonly Chip[] =>
  text.split(' ').map((word): Chip => {
    if (word.startsWith('*')) return { token: '[MASK]', mark: 'hidden', original: word.slice(1), scored: true };
    if (word.startsWith('+')) return { token: word.slice(1), scored: true };
    return word.startsWith('[') ? { token: word, special: true } : { token: word };
  });

/** A number in −1 … 1 that hardly repeats. */
export const wave = (...at: readonly number[]): number =>
  Math.sin(at.reduce((sum, x, i) => sum + (x + 1) * [1.7, 12.9, 37.7, 4.1][i % 4]!, 0)) ** 3;

export function softmax(scores: readonly number[]): readonly number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, x) => total + x, 0);
  return powers.map((x) => x / sum);
}

export type Score = (query: number, key: number) => number;
/** What heads look for, one after the other. */
export const reasons: readonly Score[] = [
  (i, j) => (j === i - 1 ? 3 : 0) + 1.5 * wave(i, j),
  (i, j) => (j === 6 ? 5 : 0) + (j === 13 ? 3 : 0) + 2 * wave(i, j, 1),
  (i, j) => -Math.abs(i - j) / 2 + wave(i, j, 2),
  (i, j) => (i === j ? 1 : 0) + wave(i, j, 3),
];

interface MapOptions {
  readonly side?: Side;
  readonly columns?: number;
  /** Whether a query sees only what stands before it. */
  readonly causal?: boolean;
}
/** So many heads over `count` queries. */
export const maps = (
  tap: string,
  heads: number,
  count: number,
  { side = 'input', columns = count, causal = false }: MapOptions = {},
): readonly DrawnMap[] =>
  Array.from({ length: heads }, (_, head) => {
    const score: Score = (i, j) =>
      causal && j > i ? Number.NEGATIVE_INFINITY : reasons[head % 4]!(i, j) + wave(head, tap.length);
    const weights = Array.from({ length: count }, (__, i) =>
      softmax(Array.from({ length: columns }, (___, j) => score(i, j))),
    ).flat();
    return { id: `${tap}|${head}`, head, weights, rows: [...Array(count).keys()], columns, columnSide: side };
  });

export const state = (count: number, seed: number, width = 64) => ({
  values: Array.from({ length: count * width }, (_, i) => wave(i, seed)),
  width,
});
export const inner = (count: number, seed: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => 0.5 + 0.5 * wave(i, seed, 3));

/** Guesses with the truth among them, surest first. */
export const answer = (place: number, truth: string, share: number, ...others: readonly string[]): Answer => ({
  place,
  truth,
  guesses: [truth, ...others.filter((other) => other !== truth)]
    .map((token, i) => ({ token, share: i === 0 ? share : Math.min(share, 1 - share) / (i + 0.4) }))
    .sort((a, b) => b.share - a.share),
});

/** Embeddings and layers over one row, the same for all encoders. */
export function encoder(row: Row, layers: number, heads: number, stack?: string): readonly DrawnBlock[] {
  const count = row.chips.length;
  const name = stack === undefined ? '' : `${stack}.`;
  return [
    {
      id: `${name}embeddings`,
      title: 'embeddings',
      kind: 'embeddings',
      side: row.side,
      stack,
      weights: 15_104,
      state: state(count, name.length),
    },
    ...Array.from(
      { length: layers },
      (_, layer): DrawnBlock => ({
        id: `${name}layer.${layer}`,
        title: `layer ${layer + 1}`,
        kind: 'layer',
        side: row.side,
        stack,
        weights: 49_984,
        maps: [maps(`${name}attention.${layer}`, heads, count)],
        inner: inner(count, layer),
        state: state(count, layer + 1),
      }),
    ),
  ];
}
