import { type DrawnBlock, type Row, rowOf } from '../../figures/model-picture.ts';
import type { AnyBlueprint } from '../../models/architecture.ts';
import type { Block, Piece } from '../../models/block.ts';
import { blocksOf } from '../../models/pictures.ts';
import type { Example } from '../../objectives/objective.ts';
import { blueprintOf } from '../../training/model.ts';
import type { Snapshot } from '../../training/protocol.ts';
import { rereading } from '../../training/write-back.ts';
import type { Runner } from '../runner.ts';
import type { Scene } from '../scene.svelte.ts';
import { judgeOf, type Seen } from './model.ts';

/** What a run answers: what was tapped, and its weights. */
export interface Given {
  readonly values: Readonly<Record<string, Snapshot>>;
  readonly weights: Readonly<Record<string, Float32Array>>;
}

/** What a run is to be asked so that a part of a block can be computed. */
export interface Question {
  /** Another one is asked anew. */
  readonly name: string;
  readonly example: Example;
  readonly taps: readonly string[];
}

/** A block of a model that is seen, with what it is made of. */
export interface Place {
  readonly blueprint: AnyBlueprint;
  readonly config: object;
  readonly blocks: readonly Block[];
  readonly block: Block;
  /** The pieces of the block whose weights it uses: its own, but where it is another one once more. */
  readonly pieces: readonly Piece[];
  /** The text that it reads. */
  readonly example: Example | undefined;
  /** The tokens of its row. */
  readonly tokens: readonly string[];
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

export function placeOf(seen: Seen, rows: readonly Row[], id: string): Place | undefined {
  const { blueprint, config } = blueprintOf(seen.run, seen.vocabulary.size);
  const blocks = blocksOf(blueprint, config);
  const block = blocks.find((one) => one.id === id);
  if (!block) return undefined;
  const owner = block.again === undefined ? block : blocks.find((one) => one.id === block.again);
  const tokens = rowOf(rows, block.side, block.stack)?.chips.map(({ token }) => token) ?? [];
  return {
    blueprint,
    config,
    blocks,
    block,
    pieces: owner?.pieces ?? [],
    example: exampleOf(seen, block, blocks),
    tokens,
  };
}

/** The tap of what a block ends in. */
export const endOf = (block: Block | undefined): string | undefined =>
  block?.pieces.flatMap(({ taps }) => taps).findLast((tap) => tap.includes('hidden.'));

/** The block of a name. */
export const blockOf = ({ blocks }: Pick<Place, 'blocks'>, name: string | undefined): Block | undefined =>
  blocks.find(({ id }) => id === name);

/** The weights that a piece uses, its own or those of another one. */
export const namesOf = (piece: Piece | undefined): readonly string[] =>
  piece && piece.parameters.length > 0 ? piece.parameters : (piece?.borrows ?? []);

export const titled = (pieces: readonly Piece[], title: string): Piece | undefined =>
  pieces.find((one) => one.title === title);

export const noText = 'There is no text here yet.';
export const tooLong = 'The text is longer than what the model reads at once; it is not unfolded here.';

/** What is to be known beside the numbers of a block. */
export function blockNotes({ side }: Pick<DrawnBlock, 'side'>): readonly string[] {
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
