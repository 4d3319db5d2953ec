import type { Chip } from './chips.ts';
import { sharpness } from './heads.ts';
import { counted, listed, percent, type Table } from './table.ts';

/** Which text something stands on: the one that is read, or the one that a decoder writes. */
export type Side = 'input' | 'decoder';

/** A row of tokens: the axis of everything that stands below it. */
export interface Row {
  readonly side: Side;
  /** The stack it is read by, where that is not the one above: what a generator has filled in. */
  readonly stack?: string;
  readonly chips: readonly Chip[];
}

/** Attention of one head over one text. */
export interface DrawnMap {
  /** Unique in its block: the tap and the head, `attention.0|2`. */
  readonly id: string;
  /** Counted from 0. */
  readonly head: number;
  /** Probabilities, row-major [query, key]. */
  readonly weights: ArrayLike<number>;
  /** For each row of queries its place on the block's side. */
  readonly rows: readonly number[];
  /** How many keys; key `j` is the token at place `j` of its side. */
  readonly columns: number;
  readonly columnSide: Side;
  /** Its name in words, where "head 2" does not say it. */
  readonly title?: string;
}

/** What an output layer answers at one place, its surest first. */
export interface Answer {
  readonly place: number;
  readonly guesses: readonly { readonly token: string; readonly share: number }[];
  readonly truth: string;
}

/** One block of a model with the numbers of one moment. What is absent is not drawn. */
export interface DrawnBlock {
  readonly id: string;
  readonly title: string;
  readonly kind: 'embeddings' | 'layer' | 'head';
  readonly side: Side;
  readonly stack?: string;
  /** How many weights it has of its own. */
  readonly weights: number;
  /** The title of the block whose weights it uses instead of its own. */
  readonly again?: string;
  /** In groups that are computed one after the other: to its own text, then to the other one. */
  readonly maps?: readonly (readonly DrawnMap[])[];
  /** The tokens that its state and answers belong to; absent: every token in turn. */
  readonly places?: readonly number[];
  /** The numbers after the block, row-major [token, width], scaled to about −1 … 1. */
  readonly state?: { readonly values: ArrayLike<number>; readonly width: number };
  /** For each token how strongly the feed-forward part answers, 0 … 1. */
  readonly inner?: ArrayLike<number>;
  readonly answers?: readonly Answer[];
  /** What BERT has instead, in a few words. */
  readonly differs?: string;
}

/** What is looked at: the query on each side, and in each group of heads the one whose threads are drawn. */
export interface Choice {
  readonly token?: number;
  /** The query on the decoder's side. */
  readonly written?: number;
  /** By `groupId`; elsewhere the sharpest head is chosen. */
  readonly heads?: Readonly<Record<string, string>>;
}

/** The name of a group of heads: that of its block; a second group's ends with its number. */
export const groupId = (block: Pick<DrawnBlock, 'id'>, group: number): string =>
  group === 0 ? block.id : `${block.id}/${group}`;

/** What the button is called that unfolds a group of heads. */
export const openingName = ({ title }: Pick<DrawnBlock, 'title'>, group: number): string =>
  group === 0 ? `Open ${title}` : `Open ${title}, cross-attention`;

const sharp = (map: DrawnMap): number => sharpness(map.weights, map.rows.length, map.columns);

/** The head of a group whose threads are drawn. */
export function chosenMap(maps: readonly DrawnMap[], wanted: string | undefined): DrawnMap | undefined {
  const found = maps.find(({ id }) => id === wanted);
  if (found || maps.length < 2) return found ?? maps[0];
  const scores = maps.map(sharp);
  return maps[scores.indexOf(Math.max(...scores))];
}

/** The heads that there is room for: the sharpest, in their order, the chosen one always among them. */
export function shownMaps(
  maps: readonly DrawnMap[],
  chosen: DrawnMap | undefined,
  most: number,
): { readonly shown: readonly DrawnMap[]; readonly all: number } {
  if (maps.length <= most) return { shown: maps, all: maps.length };
  const scores = new Map(maps.map((map) => [map, map === chosen ? 2 : sharp(map)]));
  const kept = [...maps].sort((a, b) => scores.get(b)! - scores.get(a)!).slice(0, most);
  return { shown: maps.filter((map) => kept.includes(map)), all: maps.length };
}

/** The row that a block stands on: that of its stack, or else of its side. */
export const rowOf = (rows: readonly Row[], side: Side, stack?: string): Row | undefined =>
  rows.find((row) => row.side === side && row.stack !== undefined && row.stack === stack) ??
  rows.find((row) => row.side === side && row.stack === undefined) ??
  rows.find((row) => row.side === side);

/** The place whose query is drawn: the chosen one, else the first that is asked for, else the first. */
export function queryOf(rows: readonly Row[], side: Side, choice: Choice): number {
  const chips = rowOf(rows, side)?.chips ?? [];
  const asked = chips.findIndex(({ scored }) => scored);
  const wanted = (side === 'input' ? choice.token : choice.written) ?? Math.max(0, asked);
  return Math.min(Math.max(0, wanted), Math.max(0, chips.length - 1));
}

export const nameOfMap = ({ title, head }: DrawnMap): string => title ?? `head ${head + 1}`;

/** What the query at `place` sees through a head: a share a key; nothing if it asks nothing there. */
export function sharesOf(map: DrawnMap, place: number): readonly number[] | undefined {
  const row = map.rows.indexOf(place);
  if (row < 0) return undefined;
  return Array.from({ length: map.columns }, (_, j) => map.weights[row * map.columns + j] ?? 0);
}

const nameAt = (row: Row | undefined, place: number): string => `${row?.chips[place]?.token ?? ''} (${place})`.trim();

/** Where the query looks most: `rainy (6)` and its share. */
export function looksAt(rows: readonly Row[], block: DrawnBlock, map: DrawnMap, place: number) {
  const shares = sharesOf(map, place);
  if (!shares || shares.length === 0) return undefined;
  const best = shares.indexOf(Math.max(...shares));
  const stack = map.columnSide === block.side ? block.stack : undefined;
  return { key: nameAt(rowOf(rows, map.columnSide, stack), best), share: shares[best]! };
}

/** One sentence that is true of the picture. */
export function describeModel(rows: readonly Row[], blocks: readonly DrawnBlock[], choice: Choice = {}): string {
  const layers = blocks.filter(({ kind }) => kind === 'layer');
  const again = layers.filter((block) => block.again !== undefined).length;
  const weights = blocks.reduce((sum, block) => sum + block.weights, 0).toLocaleString('en');
  const repeated = again > 0 ? `, ${again} of them with the weights of another,` : '';
  const texts = rows.map((row) => counted(row.chips.length, 'token')).join(' and ');
  const gazes = layers.flatMap((block) =>
    (block.maps ?? []).flatMap((maps, g) => {
      const map = chosenMap(maps, choice.heads?.[groupId(block, g)]);
      const place = queryOf(rows, block.side, choice);
      const seen = map && looksAt(rows, block, map, place);
      const query = nameAt(rowOf(rows, block.side, block.stack), place);
      return seen ? [`${query} looks most at ${seen.key} ${percent(seen.share)} in ${block.title}`] : [];
    }),
  );
  const looking = gazes.length > 0 ? `; ${listed(gazes)}` : '';
  return `A model from inside, ${counted(layers.length, 'layer')}${repeated} and ${weights} weights over ${texts}${looking}.`;
}

/** A row a block, then one for each of its heads and answers. */
export const tabulateModel = (rows: readonly Row[], blocks: readonly DrawnBlock[], choice: Choice = {}): Table => ({
  columns: ['Block', 'Weights', 'Where', 'What', 'Share'],
  rows: blocks.flatMap((block) => {
    const place = queryOf(rows, block.side, choice);
    const row = rowOf(rows, block.side, block.stack);
    const again = block.again === undefined ? '' : `the weights of ${block.again} again`;
    return [
      [block.title, block.weights, block.stack ?? '', [again, block.differs].filter(Boolean).join('; '), ''],
      ...(block.maps ?? []).flat().flatMap((map) => {
        const seen = looksAt(rows, block, map, place);
        const what = `${nameAt(row, place)} looks most at ${seen?.key}`;
        return seen ? [[block.title, '', nameOfMap(map), what, percent(seen.share)]] : [];
      }),
      ...(block.answers ?? []).flatMap(({ place: at, guesses, truth }) =>
        guesses.map(({ token, share }) => [
          block.title,
          '',
          `position ${at}`,
          token === truth ? `${token}, the truth` : token,
          percent(share),
        ]),
      ),
    ];
  }),
});
