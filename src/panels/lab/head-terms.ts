import type { Term } from '../../figures/head-inside.ts';
import { within, writeDistance } from '../../models/shared/distance.ts';
import { looked, normed, type Rows } from '../terms/numbers.ts';
import { type ApartTexts, type HeadSource, headWidth, lookingRows, projected, rowsFrom } from './head-source.ts';

/** Sinusoids of the distances from a place to each key: [key, hidden]. */
function distancesFrom(place: number, keys: number, hidden: number, farthest: number): Rows {
  const data = new Float32Array(keys * hidden);
  for (let j = 0; j < keys; j++) writeDistance(data, j * hidden, within(place - j, farthest), hidden);
  return { count: keys, width: hidden, data: Float64Array.from(data) };
}

/** A query against a vector a key. */
const against = (asked: Float64Array, vectors: ArrayLike<number>, keys: number, at: (key: number) => number) =>
  Array.from({ length: keys }, (_, j) => asked.reduce((sum, x, c) => sum + x * vectors[at(j) + c]!, 0));

const over = (values: readonly number[], divisor: number): readonly number[] => values.map((value) => value / divisor);

/** What a score sums, each ÷ √width. Vaswani et al. 2017, eq. 1; Dai et al. 2019, §3.3; Yang et al. 2019, §2.5. */
function relativeTerms(source: HeadSource, head: number, row: number, q: Float64Array, k: Rows): readonly Term[] {
  const { tokens, weights, relative, places, state } = source;
  const width = q.length;
  const root = Math.sqrt(width);
  const shifted = (name: string | undefined) => q.map((x, c) => x + (weights[name ?? '']?.[head * width + c] ?? 0));
  const term = (title: string, shift: string | undefined, vectors: ArrayLike<number>, at: (key: number) => number) => ({
    title,
    values: over(against(shifted(shift), vectors, tokens.length, at), root),
  });
  const content = term('content', relative?.contentShift, k.data, (j) => j * width);
  if (!relative) return [content];
  const from = places[row] ?? 0;
  const far = distancesFrom(from, tokens.length, state.shape.at(-1) ?? 1, relative.farthest);
  const r = projected(source, relative.places, head, far);
  const distance = term('distance', relative.distanceShift, r.data, (j) => j * width);
  const kinds = relative.kinds === undefined ? undefined : weights[relative.kinds];
  if (!kinds) return [content, distance];
  const { segments } = relative;
  const isOther = (j: number) => Number(segments[from] !== segments[j]);
  const all = kinds.length / 2;
  return [content, distance, term('segment', relative.segmentShift, kinds, (j) => isOther(j) * all + head * width)];
}

/** What the table of distances has for the distances from a place to each key: [key, hidden]. */
function tableRows({ tokens, weights, state }: HeadSource, { rows, table, norm, epsilon }: ApartTexts, from: number) {
  const n = tokens.length;
  const some = looked(
    weights[table]!,
    state.shape.at(-1) ?? 1,
    tokens.map((_, j) => rows[n - from + j]!),
  );
  return norm ? normed(some, weights[norm.weight]!, weights[norm.bias]!, epsilon) : some;
}

/** The same where contents and places meet apart, each ÷ √(terms · width). He et al. 2021, eq. 4. */
function apartTerms(source: HeadSource, apart: ApartTexts, head: number, row: number, q: Rows, k: Rows) {
  const { tokens, places, state, projections } = source;
  const from = places[row] ?? 0;
  const width = q.width;
  const count = [apart.isContent, apart.queryPlaces, apart.keyPlaces].filter(Boolean).length;
  const root = Math.sqrt(width * Math.max(1, count));
  const far = apart.queryPlaces || apart.keyPlaces ? tableRows(source, apart, from) : undefined;
  const r = far && apart.queryPlaces && projected(source, apart.queryPlaces, head, far);
  const s = far && apart.keyPlaces && projected(source, apart.keyPlaces, head, far);
  const termsFor = ({ data: asked }: Rows): readonly Term[] => {
    const meeting = (vectors: Rows) =>
      over(
        against(asked, vectors.data, tokens.length, (j) => j * width),
        root,
      );
    const found: Term[] = [];
    if (apart.isContent) found.push({ title: 'content → content', values: meeting(k) });
    if (r) found.push({ title: 'content → place', values: meeting(r) });
    if (s) {
      const met = tokens.map((_, j) =>
        against(k.data.subarray(j * width, (j + 1) * width), s.data, 1, () => j * width),
      );
      const values = over(met.flat(), root);
      found.push({ title: 'place → content', values });
    }
    return found;
  };
  const all = termsFor(q);
  if (!apart.isPlaced) return all;
  // What was added to the states that ask is a term of its own: the change that it makes.
  const unplaced = projected(source, projections.query, head, lookingRows(source, rowsFrom(state, 1, from)));
  const own = termsFor(unplaced);
  const values = tokens.map((_, j) => all.reduce((sum, term, i) => sum + term.values[j]! - own[i]!.values[j]!, 0));
  return [...own, { title: 'absolute place', values }];
}

/** What the scores of a head are sums of, for one row of its map: q [1, width], k [key, width]. */
export const termsOf = (source: HeadSource, head: number, row: number, q: Rows, k: Rows): readonly Term[] =>
  source.apart ? apartTerms(source, source.apart, head, row, q, k) : relativeTerms(source, head, row, q.data, k);

/** How the scores are written. */
export function scoreFormula(source: HeadSource): string {
  const { relative, apart, narrowing } = source;
  const d = `d = ${headWidth(source)}`;
  if (relative) return `a = softmax(((q + u) kᵀ + (q + v) rᵀ + (q + s) gᵀ)/√d + m), z = a v, ${d}`;
  if (apart) {
    const { isContent, queryPlaces, keyPlaces } = apart;
    const sums = [isContent && 'q kᵀ', queryPlaces && 'q rᵀ', keyPlaces && '(k sᵀ)ᵀ'].filter(Boolean);
    const width = sums.length > 1 ? `${sums.length}d` : 'd';
    return `a = softmax((${sums.join(' + ')})/√${width} + m), z = a v, ${d}`;
  }
  const from = narrowing ? `, ${narrowing.values ? 'q, k, v' : 'q, k'} of the narrowed states` : '';
  return `a = softmax(q kᵀ/√d + m), z = a v, ${d}${from}`;
}
