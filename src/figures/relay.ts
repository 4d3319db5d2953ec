import type { Placed } from './chip-layout.ts';
import type { Chip } from './chips.ts';
import { monoWidth } from './palette.ts';
import { percent, type Table } from './table.ts';

/** One token on its way through two models. */
export interface RelayToken {
  readonly original: string;
  /** What the generator reads here. */
  readonly given: string;
  /** What stands here after the generator: what the discriminator reads. */
  readonly sampled: string;
  /** Whether the generator filled this place in. */
  readonly filled: boolean;
  readonly special?: boolean;
  /** Hidden, and what comes in its place is still to be drawn. */
  readonly open?: boolean;
  /** Not yet put to the discriminator. */
  readonly unasked?: boolean;
  /** P(replaced) by a discriminator, where one was asked. */
  readonly share?: number;
}

export const isReplaced = ({ original, sampled, open }: RelayToken): boolean => original !== sampled && !open;
const isLucky = (token: RelayToken): boolean => token.filled && !isReplaced(token);

/** The three rows of chips: the text, what the generator reads, what the discriminator reads. */
export const relayChips = (tokens: readonly RelayToken[]): readonly (readonly Chip[])[] => [
  tokens.map(({ original, special }) => ({ token: original, special })),
  tokens.map(({ original, given, special }) =>
    given === original ? { token: given, special } : { token: given, mark: 'hidden' },
  ),
  tokens.map((token) => ({
    token: token.sampled,
    special: token.special || token.open,
    mark: isReplaced(token) ? 'substituted' : isLucky(token) ? 'kept' : undefined,
  })),
];

/** A line of columns, as many as fit; every column holds one token on its whole way. */
export interface RelayBlock {
  readonly from: number;
  readonly places: readonly Placed[];
}

/** Columns as wide as their widest token, wrapped into blocks. */
export function layoutRelay(tokens: readonly RelayToken[], width: number, size: number): readonly RelayBlock[] {
  const blocks: { from: number; places: Placed[] }[] = [];
  let x = Number.POSITIVE_INFINITY;
  tokens.forEach(({ original, given, sampled }, i) => {
    const letters = Math.max(3, original.length, given.length, sampled.length);
    const column = letters * monoWidth * size + size * 0.9;
    if (x + column > width - 1) {
      x = 1;
      blocks.push({ from: i, places: [] });
    }
    blocks.at(-1)!.places.push({ x, y: 0, width: column, row: blocks.length - 1 });
    x += column + size * 0.3;
  });
  return blocks;
}

/** One sentence that is true of the row. */
export function describeRelay(tokens: readonly RelayToken[]): string {
  const filled = tokens.filter((token) => token.filled).length;
  const lucky = tokens.filter(isLucky).length;
  const replaced = tokens.filter(isReplaced).length;
  const open = tokens.filter((token) => token.open).length;
  const asked = tokens.some(({ share }) => share !== undefined);
  const right = tokens.filter((token) => (token.share ?? 0) > 0.5 === isReplaced(token)).length;
  return (
    `${tokens.length} tokens, ${filled} filled in by the generator: ` +
    `${replaced} replaced, ${lucky} guessed as they were. ` +
    (tokens.some(({ unasked }) => unasked)
      ? `${open === 0 ? 'Not all is drawn yet' : `${open} still to be drawn`}: the discriminator is not asked yet.`
      : `The discriminator is asked about all of them${asked ? ` and is right about ${right}` : ''}.`)
  );
}

export const tabulateRelay = (tokens: readonly RelayToken[]): Table => ({
  columns: ['Position', 'Text', 'Generator reads', 'Discriminator reads', 'Right answer', 'P(replaced)'],
  rows: tokens.map((token, i) => [
    i,
    token.original,
    token.given,
    token.sampled,
    token.unasked
      ? 'not asked yet'
      : isReplaced(token)
        ? 'replaced'
        : isLucky(token)
          ? 'original, a lucky guess'
          : 'original',
    token.share === undefined ? '' : percent(token.share),
  ]),
});
