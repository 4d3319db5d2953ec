import type { Pattern } from '../core/pattern.ts';
import { counted, type Table } from './table.ts';

/** A factorization order with what both streams may see. Yang et al. 2019, §2.2 and §2.3. */
export interface OrderPicture {
  readonly tokens: readonly string[];
  /** `order[k]` is the position that is read k-th. */
  readonly order: readonly number[];
  /** So many of the last in the order are predicted. */
  readonly predicted: number;
  /** Row = query, column = key. The content stream sees its own token, the query stream does not. */
  readonly content: Pattern;
  readonly query: Pattern;
}

/** Where in the order the first predicted position stands. */
export const cutOf = ({ order, predicted }: OrderPicture): number => order.length - predicted;

/** One sentence that is true of the order and of its step `at`. */
export function describeOrder(picture: OrderPicture, at: number): string {
  const { tokens, order, predicted } = picture;
  const name = (position: number) => `${tokens[position]} (${position})`;
  const position = order[at];
  const read = `${counted(tokens.length, 'token')} read in the order ${order.join(', ')}`;
  const head = `${read}; the last ${predicted} are predicted`;
  if (position === undefined) return `${head}.`;
  const seen = (picture.query[position] ?? []).filter(Boolean).length;
  const act = at < cutOf(picture) ? 'is context' : `is predicted from ${counted(seen, 'token')}`;
  return `${head}. Number ${at + 1}, ${name(position)}, ${act}.`;
}

export const tabulateOrder = (picture: OrderPicture): Table => ({
  columns: ['Number', 'Position', 'Token', 'Role', 'Content stream sees', 'Query stream sees'],
  rows: picture.order.map((position, k) => {
    const seen = (pattern: Pattern) =>
      (pattern[position] ?? []).flatMap((visible, j) => (visible ? [j] : [])).join(' ');
    return [
      k + 1,
      position,
      picture.tokens[position] ?? '',
      k < cutOf(picture) ? 'context' : 'predicted',
      seen(picture.content),
      seen(picture.query),
    ];
  }),
});
