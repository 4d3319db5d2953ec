import { groupId, type Row, rowOf } from '../../figures/model-picture.ts';
import type { Block, Piece } from '../../models/block.ts';
import type { DebertaConfig } from '../../models/deberta/config.ts';
import { distanceRows } from '../../models/deberta/distances.ts';
import { patternsOf } from '../../models/pictures.ts';
import { blockOf, endOf, namesOf, noText, placeOf, type Question, titled, tooLong } from './block-question.ts';
import type { HeadSource } from './head-source.ts';
import { apartOf, narrowingOf, projectionsOf, relativeOf } from './head-weights.ts';
import type { Seen } from './model.ts';

/** What a run is to be asked so that the heads of one of its attentions can be computed. */
export interface HeadQuestion extends Question, Omit<HeadSource, 'state' | 'asking' | 'map' | 'weights'> {
  /** The taps of what keys and values are made of, of what the queries are made of, and of the attention. */
  readonly state: string;
  readonly asking: string;
  readonly map: string;
}

/** What leads into a narrow layer: one way for all, or one of their own for queries and keys. Sun et al. 2020, §3.1. */
function narrowingsOf(pieces: readonly Piece[], config: object): HeadSource['narrowing'] {
  const way = narrowingOf(pieces, 'way in', config);
  const { source } = config as { readonly source?: string };
  if (!way) return undefined;
  if (source === 'bottleneck') return { looks: way, values: way };
  const looks = narrowingOf(pieces, 'way in of queries and keys', config);
  return looks && { looks };
}

const attentionsOf = (pieces: readonly Piece[]) => pieces.filter(({ kind }) => kind === 'attention');

/** What is to be asked for the heads of a layer's attention, or in a sentence why they cannot be computed. */
export function headQuestion(seen: Seen, rows: readonly Row[], id: string, group = 0): HeadQuestion | string {
  const place = placeOf(seen, rows, id);
  const attentions = attentionsOf(place?.block.pieces ?? []);
  const [map, between] = attentions[group]?.taps ?? [];
  if (!place || map === undefined) return 'There is no attention here.';
  const { blueprint, config, blocks, block, pieces, example, tokens: own } = place;
  // The last attention of a block looks at what is read beside the block below, where something is.
  const [below, beside = below] = block.reads;
  const asking = between ?? endOf(blockOf(place, below));
  const state = endOf(blockOf(place, group === attentions.length - 1 ? beside : below));
  if (asking === undefined || state === undefined) return 'There is no attention here.';
  // Where values are made of something else than queries and keys, their map is a piece of its own.
  const maps = [...namesOf(attentionsOf(pieces)[group]), ...namesOf(titled(pieces, 'values'))];
  const projections = projectionsOf(maps);
  if (pieces[0]?.kind === 'norm')
    return 'The heads read what a norm makes of the layer below, which is not at hand; they are not unfolded here.';
  if (!projections)
    return `${blueprint.name}’s heads are not made of query, key and value alone; they are not unfolded here.`;
  const found = example && patternsOf(blueprint, config, example).find(({ taps }) => taps.includes(map));
  if (!example || !found) return noText;
  const keysOf = (side: Block['side']) => rowOf(rows, side, block.stack)?.chips.map(({ token }) => token) ?? [];
  const tokens = keysOf(found.columns.of);
  const places = found.rows.places ?? [...own.keys()];
  if (tokens.length === 0 || own.length === 0) return noText;
  if (Math.max(tokens.length, own.length) > seen.run.recipe.maxLength) return tooLong;
  const relative = relativeOf(pieces);
  const all = blocks.flatMap((one) => one.pieces);
  const isPlaced = blockOf(place, below)?.pieces.some(({ taps }) => taps.some((tap) => tap.includes('absolute')));
  const apart = apartOf(block.pieces, pieces, all, isPlaced ?? false);
  const { epsilon = 0 } = config as { readonly epsilon?: number };
  return {
    name: groupId(block, group),
    example,
    taps: [...new Set([state, asking, map])],
    tokens,
    askers: places.map((at) => own[at] ?? ''),
    places,
    isElsewhere: found.columns.of !== block.side,
    state,
    asking,
    map,
    projections,
    relative: relative && {
      ...relative,
      segments: example.segments,
      farthest: blueprint.farthest?.(config) ?? 0,
    },
    apart: apart && { ...apart, epsilon, rows: distanceRows(tokens.length, config as DebertaConfig) },
    narrowing: narrowingsOf(pieces, config),
    pattern: found.pattern,
  };
}
