import type { HeadNumbers } from '../../figures/head-inside.ts';
import { softmax } from '../../training/frame.ts';
import { type HeadSource, lookingRows, projected, rowsFrom, valueRows } from './head-source.ts';
import { termsOf } from './head-terms.ts';

/** One head for one row of its map: scores, the mask, softmax, and the values. */
export function headNumbers(source: HeadSource, head: number, row: number): HeadNumbers {
  const { tokens, askers, places, isElsewhere, pattern, projections, state, asking, narrowing } = source;
  const states = rowsFrom(state, tokens.length);
  const looked = lookingRows(source, states);
  const q = projected(source, projections.query, head, lookingRows(source, rowsFrom(asking, 1, row)));
  const keys = projected(source, projections.key, head, looked);
  const values = projected(source, projections.value, head, valueRows(source, states));
  const terms = termsOf(source, head, row, q, keys);
  const scores = tokens.map((_, j) => terms.reduce((sum, term) => sum + term.values[j]!, 0));
  const mask = tokens.map((_, j) => pattern[row]?.[j] ?? false);
  return {
    tokens,
    query: places[row] ?? 0,
    asker: isElsewhere ? askers[row] : undefined,
    state: { values: states.data, width: states.width },
    narrowed: narrowing && { values: looked.data, width: looked.width },
    asked: q.data,
    keys: keys.data,
    terms,
    scores,
    mask,
    shares: softmax(scores.map((score, j) => (mask[j] ? score : Number.NEGATIVE_INFINITY))),
    values: values.data,
    numbers: q.width,
  };
}

/** The largest difference between the shares of a row and what the run itself has there. */
export function departure({ map }: HeadSource, head: number, row: number, { shares }: Pick<HeadNumbers, 'shares'>) {
  const [, , queries = 0, keys = 0] = map.shape;
  const own = map.data.subarray((head * queries + row) * keys, (head * queries + row + 1) * keys);
  return own.reduce((most, share, j) => Math.max(most, Math.abs(share - (shares[j] ?? 0))), 0);
}
