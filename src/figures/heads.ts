import { listed, percent, type Table } from './table.ts';

/** Attention probabilities of one head: row-major [query, key], each row sums to 1. */
export interface Head {
  readonly layer: number;
  readonly head: number;
  readonly weights: ArrayLike<number>;
}

/** How many steps of the sequential scale are told apart. */
export const levels = 12;

/** The step of a probability. The square root makes small shares visible; the legend says so. */
export const levelOf = (share: number): number =>
  Math.min(levels - 1, Math.floor(Math.sqrt(Math.max(0, share)) * levels));

/** For each step the cells of a head, as one path each: some dozen nodes instead of thousands. */
export function levelPaths(weights: ArrayLike<number>, length: number, cell: number): readonly string[] {
  const paths: string[] = Array.from({ length: levels }, () => '');
  for (let i = 0; i < length; i++) {
    for (let j = 0; j < length; j++) {
      const level = levelOf(weights[i * length + j] ?? 0);
      const from = j;
      while (j + 1 < length && levelOf(weights[i * length + j + 1] ?? 0) === level) j++;
      const width = round((j - from + 1) * cell);
      paths[level] += `M${round(from * cell)},${round(i * cell)}h${width}v${round(cell)}h${-width}z`;
    }
  }
  return paths;
}
const round = (x: number): number => Math.round(x * 100) / 100;

/** Mean over the queries of the entropy, in nats: 0 = each looks at one key. As many keys as queries, or `keys`. */
export function entropyOf(weights: ArrayLike<number>, length: number, keys = length): number {
  let sum = 0;
  for (let i = 0; i < length * keys; i++) {
    const p = weights[i] ?? 0;
    if (p > 0) sum -= p * Math.log(p);
  }
  return sum / Math.max(1, length);
}

/** 0 = spread evenly over all keys, 1 = all on a single key. */
export const sharpness = (weights: ArrayLike<number>, length: number, keys = length): number =>
  keys < 2 ? 1 : 1 - entropyOf(weights, length, keys) / Math.log(keys);

const nameOf = ({ layer, head }: Head) => `layer ${layer + 1} head ${head + 1}`;

/** One sentence that is true of the heads. */
export function describeHeads(heads: readonly Head[], length: number): string {
  if (heads.length === 0) return 'No heads to show.';
  const sharp = heads.map((head) => sharpness(head.weights, length));
  const best = sharp.indexOf(Math.max(...sharp));
  const mean = sharp.reduce((sum, x) => sum + x, 0) / sharp.length;
  const layers = new Set(heads.map(({ layer }) => layer)).size;
  return (
    `Attention of ${heads.length} heads in ${layers} ${layers === 1 ? 'layer' : 'layers'} over ${length} tokens: ` +
    `${percent(mean)} of the way from even to single-key on average, ` +
    `sharpest is ${nameOf(heads[best]!)} with ${percent(sharp[best]!)}.`
  );
}

/** The keys a query looks at most, in words: `he (3) looks at his (5) 62 %, …`. */
export function describeQuery(weights: ArrayLike<number>, query: number, tokens: readonly string[]): string {
  const row = tokens.map((token, j) => ({ token, j, share: weights[query * tokens.length + j] ?? 0 }));
  const top = row.sort((a, b) => b.share - a.share).slice(0, 3);
  const keys = top.map(({ token, j, share }) => `${token} (${j}) ${percent(share)}`);
  return `${tokens[query]} (${query}) looks at ${listed(keys)}`;
}

export const tabulateHeads = (heads: readonly Head[], tokens: readonly string[]): Table => ({
  columns: ['Layer', 'Head', 'Sharpness', 'Query', 'Looks most at', 'Share'],
  rows: heads.flatMap((head) =>
    tokens.map((token, i) => {
      const row = tokens.map((_, j) => head.weights[i * tokens.length + j] ?? 0);
      const best = row.indexOf(Math.max(...row));
      return [
        head.layer + 1,
        head.head + 1,
        Number(sharpness(head.weights, tokens.length).toFixed(2)),
        `${token} (${i})`,
        `${tokens[best]} (${best})`,
        percent(row[best]!),
      ];
    }),
  ),
});
