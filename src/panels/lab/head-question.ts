import { type DrawnBlock, groupId, type Row, rowOf } from '../../figures/model-picture.ts';
import type { Block, Piece } from '../../models/block.ts';
import type { DebertaConfig } from '../../models/deberta/config.ts';
import { distanceRows } from '../../models/deberta/distances.ts';
import { blocksOf, patternsOf } from '../../models/pictures.ts';
import type { Example } from '../../objectives/objective.ts';
import { blueprintOf } from '../../training/model.ts';
import { rereading } from '../../training/write-back.ts';
import type { Runner } from '../runner.ts';
import type { Scene } from '../scene.svelte.ts';
import type { HeadSource } from './head-source.ts';
import { apartOf, narrowingOf, projectionsOf, relativeOf } from './head-weights.ts';
import { judgeOf, type Seen } from './model.ts';

/** What a run is to be asked so that the heads of one of its attentions can be computed. */
export interface HeadQuestion extends Omit<HeadSource, 'state' | 'asking' | 'map' | 'weights'> {
  /** The group of heads, by `groupId`. */
  readonly group: string;
  readonly example: Example;
  /** The taps of what keys and values are made of, of what the queries are made of, and of the attention. */
  readonly state: string;
  readonly asking: string;
  readonly map: string;
}

/** The text that a block reads: a judge what was filled in, a decoder what was written so far. */
function exampleOf({ probe, frame }: Seen, { side, stack }: Block, blocks: readonly Block[]): Example | undefined {
  const [example] = probe.examples;
  if (!example) return undefined;
  if (frame.judged && stack === judgeOf(blocks)) return { ...example, inputIds: frame.judged.map(({ id }) => id) };
  if (!frame.written) return side === 'input' ? example : undefined;
  return rereading(
    example,
    frame.written.map(({ id }) => id),
  );
}

/** The tap of what a block ends in. */
const endOf = (block: Block | undefined): string | undefined =>
  block?.pieces.flatMap(({ taps }) => taps).findLast((tap) => tap.includes('hidden.'));

const named = (pieces: readonly Piece[], called: string): readonly string[] =>
  pieces.find(({ title }) => title === called)?.parameters ?? [];

/** What leads into a narrow layer: one way for all, or one of their own for queries and keys. Sun et al. 2020, §3.1. */
function narrowingsOf(pieces: readonly Piece[], config: object): HeadSource['narrowing'] {
  const way = narrowingOf(pieces, 'way in', config);
  const { source } = config as { readonly source?: string };
  if (!way) return undefined;
  if (source === 'bottleneck') return { looks: way, values: way };
  const looks = narrowingOf(pieces, 'way in of queries and keys', config);
  return looks && { looks };
}

/** What is to be asked for the heads of a layer's attention, or in a sentence why they cannot be computed. */
export function headQuestion(seen: Seen, rows: readonly Row[], id: string, group = 0): HeadQuestion | string {
  const { blueprint, config } = blueprintOf(seen.run, seen.vocabulary.size);
  const blocks = blocksOf(blueprint, config);
  const blockOf = (name: string | undefined) => blocks.find((one) => one.id === name);
  const attentionsOf = (of: Block | undefined) => of?.pieces.filter(({ kind }) => kind === 'attention') ?? [];
  const block = blockOf(id);
  const attentions = attentionsOf(block);
  const [map, between] = attentions[group]?.taps ?? [];
  // The last attention of a block looks at what is read beside the block below, where something is.
  const [below, beside = below] = block?.reads ?? [];
  const asking = between ?? endOf(blockOf(below));
  const state = endOf(blockOf(group === attentions.length - 1 ? beside : below));
  if (!block || map === undefined || asking === undefined || state === undefined) return 'There is no attention here.';
  // A layer that is another one once more has no weights of its own.
  const owner = block.again === undefined ? block : blockOf(block.again);
  const pieces = owner?.pieces ?? [];
  // Where values are made of something else than queries and keys, their map is a piece of its own.
  const maps = [...(attentionsOf(owner)[group]?.parameters ?? []), ...named(pieces, 'values')];
  const projections = projectionsOf(maps);
  if (pieces[0]?.kind === 'norm')
    return 'The heads read what a norm makes of the layer below, which is not at hand; they are not unfolded here.';
  if (!projections)
    return `${blueprint.name}’s heads are not made of query, key and value alone; they are not unfolded here.`;
  const example = exampleOf(seen, block, blocks);
  const found = example && patternsOf(blueprint, config, example).find(({ taps }) => taps.includes(map));
  if (!example || !found) return 'There is no text here yet.';
  const tokensOf = (side: Block['side']) => rowOf(rows, side, block.stack)?.chips.map(({ token }) => token) ?? [];
  const [own, tokens] = [tokensOf(block.side), tokensOf(found.columns.of)];
  const places = found.rows.places ?? [...own.keys()];
  if (tokens.length === 0 || own.length === 0) return 'There is no text here yet.';
  if (Math.max(tokens.length, own.length) > seen.run.recipe.maxLength)
    return 'The text is longer than what the model reads at once; it is not unfolded here.';
  const relative = relativeOf(pieces);
  const all = blocks.flatMap((one) => one.pieces);
  const isPlaced = blockOf(below)?.pieces.some(({ taps }) => taps.some((tap) => tap.includes('absolute'))) ?? false;
  const apart = apartOf(block.pieces, pieces, all, isPlaced);
  const { epsilon = 0 } = config as { readonly epsilon?: number };
  return {
    group: groupId(block, group),
    example,
    tokens,
    askers: places.map((place) => own[place] ?? ''),
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

/** What is to be known beside the numbers of a block. */
export function headNotes({ side }: Pick<DrawnBlock, 'side'>): readonly string[] {
  const writes = 'A place of the decoder has the name of the token it writes; it reads the one before.';
  return side === 'decoder' ? [writes] : [];
}

const kept = 'To unfold a layer its weights are needed, and of this step only what is drawn was kept.';

/** In a sentence why there are no weights of the step that is shown, and how to get them; undefined: there are. */
export function whyNoWeights({ origin }: Pick<Scene, 'origin'>, { run, status }: Pick<Runner, 'run' | 'status'>) {
  if (status === 'preparing' || status === 'recovering')
    return 'The engine is getting ready; the numbers stand here as soon as it is.';
  if (!run) return `${kept} Press Start: the model is trained here, and every number of it can be read.`;
  return origin === 'live' ? undefined : `${kept} Move the playhead to “live”, to the model as it is now.`;
}
