import type { Pattern } from '../../core/pattern.ts';
import { type DrawnBlock, type Row, rowOf } from '../../figures/model-picture.ts';
import type { Block } from '../../models/block.ts';
import { blocksOf } from '../../models/blocks.ts';
import type { Example } from '../../objectives/objective.ts';
import { blueprintOf } from '../../training/model.ts';
import { rereading } from '../../training/write-back.ts';
import type { Runner } from '../runner.ts';
import type { Scene } from '../scene.svelte.ts';
import { type Projections, projectionsOf } from './head-numbers.ts';
import { judgeOf, type Seen } from './model.ts';

/** What a run is to be asked so that the heads of one of its layers can be computed. */
export interface HeadQuestion {
  readonly block: string;
  readonly example: Example;
  /** The example's own, as the picture names its places. */
  readonly tokens: readonly string[];
  /** The taps of what goes into the layer and of its attention. */
  readonly state: string;
  readonly map: string;
  readonly projections: Projections;
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

/** What is to be asked for the heads of a layer, or in a sentence why they cannot be computed. */
export function headQuestion(seen: Seen, rows: readonly Row[], id: string): HeadQuestion | string {
  const { blueprint, config } = blueprintOf(seen.run, seen.vocabulary.size);
  const blocks = blocksOf(blueprint, config);
  const block = blocks.find((one) => one.id === id);
  const attention = block?.pieces.find(({ kind }) => kind === 'attention');
  const below = blocks.find((one) => one.id === block?.reads[0]);
  const state = below?.pieces.flatMap(({ taps }) => taps).findLast((tap) => tap.includes('hidden.'));
  const map = attention?.taps[0];
  if (!block || !attention || state === undefined || map === undefined) return 'There is no attention here.';
  // A layer that is another one once more has no weights of its own.
  const owner = block.again === undefined ? block : blocks.find((one) => one.id === block.again);
  const projections = projectionsOf(owner?.pieces.find(({ kind }) => kind === 'attention')?.parameters ?? []);
  if (!projections)
    return block.pieces.some(({ title }) => title === 'relative places')
      ? `${blueprint.name}’s scores have a second term beside query times key, for how far apart two tokens stand; they are not unfolded here yet.`
      : `${blueprint.name}’s heads are not made of query, key and value alone; they are not unfolded here yet.`;
  const example = exampleOf(seen, block, blocks);
  const tokens = rowOf(rows, block.side, block.stack)?.chips.map(({ token }) => token) ?? [];
  const pattern = example && blueprint.patterns(config, example).find(({ taps }) => taps.includes(map))?.pattern;
  if (!example || !pattern || tokens.length === 0) return 'There is no text here yet.';
  if (tokens.length > seen.run.recipe.maxLength)
    return 'The text is longer than what the model reads at once; it is not unfolded here.';
  return { block: id, example, tokens, state, map, projections, pattern };
}

/** What is to be known beside the numbers of a block. */
export function headNotes({ side, maps = [] }: Pick<DrawnBlock, 'side' | 'maps'>): readonly string[] {
  const writes = 'A place of the decoder has the name of the token it writes; it reads the one before.';
  const crosses =
    'The layer’s second look, into the text that was read, asks from a state that cannot be tapped; it is not unfolded here.';
  return [...(side === 'decoder' ? [writes] : []), ...(maps.length > 1 ? [crosses] : [])];
}

const kept = 'To unfold a layer its weights are needed, and of this step only what is drawn was kept.';

/** In a sentence why there are no weights of the step that is shown, and how to get them; undefined: there are. */
export function whyNoWeights({ origin }: Pick<Scene, 'origin'>, { run, status }: Pick<Runner, 'run' | 'status'>) {
  if (status === 'preparing' || status === 'recovering')
    return 'The engine is getting ready; the numbers stand here as soon as it is.';
  if (!run) return `${kept} Press Start: the model is trained here, and every number of it can be read.`;
  return origin === 'live' ? undefined : `${kept} Move the playhead to “live”, to the model as it is now.`;
}
