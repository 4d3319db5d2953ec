import type { Pattern } from '../../core/pattern.ts';
import { type DrawnBlock, groupId, type Row, rowOf } from '../../figures/model-picture.ts';
import type { Block } from '../../models/block.ts';
import { blocksOf, patternsOf } from '../../models/pictures.ts';
import type { Example } from '../../objectives/objective.ts';
import { blueprintOf } from '../../training/model.ts';
import { rereading } from '../../training/write-back.ts';
import type { Runner } from '../runner.ts';
import type { Scene } from '../scene.svelte.ts';
import type { RelativeTexts } from './head-numbers.ts';
import { type Projections, projectionsOf, relativeOf } from './head-weights.ts';
import { judgeOf, type Seen } from './model.ts';

/** What a run is to be asked so that the heads of one of its attentions can be computed. */
export interface HeadQuestion {
  /** The group of heads, by `groupId`. */
  readonly group: string;
  readonly example: Example;
  /** The keys as the picture names them, what asks, a token a row of the map, and its places. */
  readonly tokens: readonly string[];
  readonly askers: readonly string[];
  readonly places: readonly number[];
  /** Whether what asks stands in another text than the keys. */
  readonly isElsewhere: boolean;
  /** The taps of what keys and values are made of, of what the queries are made of, and of the attention. */
  readonly state: string;
  readonly asking: string;
  readonly map: string;
  readonly projections: Projections;
  readonly relative?: RelativeTexts | undefined;
  readonly pattern: Pattern;
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
  const projections = projectionsOf(attentionsOf(owner)[group]?.parameters ?? []);
  if (owner?.pieces[0]?.kind === 'norm')
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
  const relative = owner && relativeOf(owner.pieces);
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
