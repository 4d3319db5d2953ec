import { type Pattern, spread } from '../core/pattern.ts';
import { rowName } from './leak.ts';
import { counted, listed, type Table } from './table.ts';

/** One target of a permuted order, and the states that answer for it. Yang et al. 2019, §2.3 and figure 1. */
export interface Streams {
  readonly tokens: readonly string[];
  /** Row = query, column = key: what each stream may see, the same in every layer. */
  readonly content: Pattern;
  readonly query: Pattern;
  readonly layers: number;
  /** The position whose word is asked for. */
  readonly target: number;
  /** The position whose content state answers; absent: the query stream of the target does. */
  readonly reader?: number;
}

/** Which positions of the content stream hold something of the target's word. */
export const holdersOfTarget = ({ content, layers, target }: Streams): readonly (readonly boolean[])[] =>
  spread(
    Array.from({ length: layers }, () => content),
    target,
  );

/** The positions of the row below that the answering state looks at, in every layer; never itself. */
export const keysOf = ({ content, query, target, reader }: Streams): readonly number[] =>
  ((reader === undefined ? query[target] : content[reader]) ?? []).flatMap((visible, j) =>
    visible && j !== reader ? [j] : [],
  );

/** Whether the word that is asked for has come to the state that answers. */
export function isTold(streams: Streams): boolean {
  const holders = holdersOfTarget(streams);
  if (streams.reader !== undefined) return holders.at(-1)![streams.reader]!;
  return holders.slice(0, -1).some((row) => keysOf(streams).some((j) => row[j]));
}

/** One sentence that is true of the picture. */
export function describeStreams(streams: Streams): string {
  const { tokens, target, reader, layers } = streams;
  const who = reader === undefined ? 'its query stream' : `the content stream of ${tokens[reader]} (${reader})`;
  const held = holdersOfTarget(streams).at(-1)!.filter(Boolean).length;
  const told = isTold(streams) ? 'which holds that word already' : 'which holds nothing of that word';
  return (
    `${tokens[target]} (${target}) is asked of ${who}, ${told}. In each of ${counted(layers, 'layer')} it looks at ` +
    `${counted(keysOf(streams).length, 'position')}; ${counted(held, 'position')} of the content stream ` +
    `${held === 1 ? 'holds' : 'hold'} the word in the end.`
  );
}

/** A row a position. */
export function tabulateStreams(streams: Streams): Table {
  const holders = holdersOfTarget(streams);
  const keys = keysOf(streams);
  return {
    columns: ['Position', 'Token', 'Looked at by the answer', `Holds ${streams.tokens[streams.target]}`],
    rows: streams.tokens.map((token, i) => {
      const where = holders.flatMap((row, l) => (row[i] ? [rowName(l).toLowerCase()] : []));
      return [i, token, keys.includes(i) ? 'yes' : 'no', where.length > 0 ? listed(where) : 'nowhere'];
    }),
  };
}
