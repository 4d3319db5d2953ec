import { monoWidth } from './palette.ts';
import type { Table } from './table.ts';
import { clip, widthOf } from './text.ts';

/** One part of the scores of a head. */
export interface TermMap {
  readonly name: string;
  /** Row-major [query, key]. */
  readonly map: ArrayLike<number>;
}

/** The scores of a head as a sum. */
export interface TermSum {
  readonly tokens: readonly string[];
  readonly terms: readonly TermMap[];
  /** What they add up to. */
  readonly total: ArrayLike<number>;
  /** The cell spoken of: who looks, and what is looked at. */
  readonly at?: readonly [query: number, key: number];
  /** So many tokens, the first ones, are kept from the segment before. */
  readonly kept?: number;
}

/** Steps of the diverging scale to either side. */
export const levels = 8;

export const mostOf = ({ terms, total }: TermSum): number =>
  [...terms.map(({ map }) => map), total].reduce(
    (most, map) => Array.from(map).reduce((top, value) => Math.max(top, Math.abs(value)), most),
    1e-9,
  );

/** The step of a value, −levels … levels, where the largest of all is `most`. */
export const levelOf = (value: number, most: number): number => Math.round((levels * value) / most);

const round = (x: number): number => Math.round(x * 100) / 100;

/** For each step but the one of 0 its cells as one path. */
export function levelPaths(
  map: ArrayLike<number>,
  length: number,
  cell: number,
  most: number,
): readonly { readonly level: number; readonly path: string }[] {
  const paths = new Map<number, string>();
  for (let i = 0; i < length; i++)
    for (let j = 0; j < length; j++) {
      const level = levelOf(map[i * length + j] ?? 0, most);
      const from = j;
      while (j + 1 < length && levelOf(map[i * length + j + 1] ?? 0, most) === level) j++;
      if (level === 0) continue;
      const wide = round((j - from + 1) * cell);
      const drawn = `M${round(from * cell)},${round(i * cell)}h${wide}v${round(cell)}h${-wide}z`;
      paths.set(level, (paths.get(level) ?? '') + drawn);
    }
  return [...paths].sort(([a], [b]) => a - b).map(([level, path]) => ({ level, path }));
}

/** `−0.41`, with its sign where it is added. */
export const scoreText = (value: number, signed = false): string => {
  const text = Math.abs(value).toFixed(2);
  const sign = value < 0 && Number(text) > 0 ? '−' : signed ? '+' : '';
  return `${sign}${text}`;
};

export const valueAt = (
  { tokens }: Pick<TermSum, 'tokens'>,
  map: ArrayLike<number>,
  [i, j]: readonly [number, number],
) => map[i * tokens.length + j] ?? 0;

/** `castle (7) → king (11): content → content 0.52, content → place −0.10; together 0.42`. */
export function describeCell(sum: TermSum, at: readonly [number, number]): string {
  const { tokens, terms, total } = sum;
  const parts = terms.map(({ name, map }) => `${name} ${scoreText(valueAt(sum, map, at))}`);
  const who = `${tokens[at[0]]} (${at[0]}) looks at ${tokens[at[1]]} (${at[1]})`;
  return `${who}: ${parts.join(', ')}; together ${scoreText(valueAt(sum, total, at))}`;
}

/** One sentence that is true of the maps. */
export function describeTerms(sum: TermSum): string {
  const { tokens, terms, total, at, kept } = sum;
  const spans = [...terms, { name: 'the sum', map: total }].map(({ name, map }) => {
    const values = Array.from(map);
    return `${name} from ${scoreText(Math.min(...values))} to ${scoreText(Math.max(...values))}`;
  });
  const cell = at ? ` ${describeCell(sum, at)}.` : '';
  const before = kept ? `, the first ${kept} of them kept,` : '';
  return `Scores of one head over ${tokens.length} tokens${before} as a sum of ${terms.length} maps: ${spans.join('; ')}.${cell}`;
}

/** A row a pair of tokens: long, and exact. */
export const tabulateTerms = ({ tokens, terms, total }: TermSum): Table => ({
  columns: ['Looks', 'At', ...terms.map(({ name }) => name), 'Sum'],
  rows: tokens.flatMap((query, i) =>
    tokens.map((key, j) => [
      `${query} (${i})`,
      `${key} (${j})`,
      ...[...terms.map(({ map }) => map), total].map((map) => scoreText(map[i * tokens.length + j] ?? 0)),
    ]),
  ),
});

export interface TermLayout {
  readonly cell: number;
  readonly side: number;
  /** Left upper corners of the terms' maps, and of their sum. */
  readonly corners: readonly { readonly x: number; readonly y: number }[];
  /** Size of the titles, and of the tokens beside a map; 0: there is no room for them. */
  readonly type: number;
  readonly letters: number;
  readonly labels: number;
  /** Where tokens beside the first map of a line end, and the scale begins. */
  readonly left: number;
  readonly legend: number;
  readonly height: number;
}

/** Maps in a line, or in as many lines as they need, tokens at the left of each line. */
export function layoutTerms({ tokens, terms }: TermSum, width: number, size: number): TermLayout {
  const type = width < 480 ? 12 : Math.max(12, size * 0.86);
  const count = terms.length + 1;
  const longest = Math.max(...tokens.map(({ length }) => length));
  const titles = Math.max(...terms.map(({ name }) => widthOf(name.length, type, 'label')), 60);
  const gap = size * 1.5;
  const left = Math.min(longest, 9) * monoWidth * 12 + 8;
  const sideFor = (columns: number) => (width - left - gap * (columns - 1) - 2) / columns;
  const fits = [count, Math.ceil(count / 2), 2, 1].find((columns) => sideFor(columns) >= Math.max(titles, 96)) ?? 1;
  const side = Math.min(sideFor(fits), 300);
  const cell = side / tokens.length;
  const labels = cell >= 11 ? 12 : 0;
  const head = type * 1.7;
  const line = side + head + type * 1.5 + gap * 0.4;
  const corners = Array.from({ length: count }, (_, k) => ({
    x: left + (k % fits) * (side + gap),
    y: Math.floor(k / fits) * line + head,
  }));
  const legend = Math.ceil(count / fits) * line + type * 0.3;
  return {
    cell,
    side,
    corners,
    type,
    letters: Math.min(longest, 9),
    labels,
    left,
    legend,
    height: legend + type * 1.4,
  };
}

/** A token as it fits beside a map. */
export const labelOf = (token: string, { letters }: Pick<TermLayout, 'letters'>): string => clip(token, letters);
