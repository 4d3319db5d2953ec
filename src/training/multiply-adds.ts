import { flatten, type Leaf, type Reading, sizeOf } from '../core/params.ts';
import type { Block, Piece } from '../models/block.ts';
import { blocksOf } from '../models/blocks.ts';
import { pairingFacts } from '../objectives/facts.ts';
import { sizesOf } from './arrays.ts';
import { blueprintOf } from './model.ts';
import type { Run } from './run.ts';

/** A product is made once forward and twice back, for either factor; where one of them never learns, once back. */
const learned = 3;
const halfLearned = 2;

/**
 * Multiplications with an addition of one training step of a run without a teacher, from the shapes of its weights and
 * maps alone: every map over the rows that it reads, and of every attention the scores and what they gather. What the
 * optimizer does with the gradients is left out.
 */
export function multiplyAddsOf(run: Run, vocabSize: number): number {
  const { blueprint, config } = blueprintOf(run, vocabSize);
  const { batch, length, keys, slots } = sizesOf(run, vocabSize);
  const shapes = new Map<string, Leaf>(
    Object.entries(blueprint.spec(config)).flatMap(([part, spec]) => flatten(spec, part)),
  );
  const axes = new Map(blueprint.taps(config).map((tap) => [tap.name, tap.axes]));
  const blocks = blocksOf(blueprint, config);
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const isRead = (block: Block) => block.kind === 'head' || blocks.some(({ reads }) => reads.includes(block.id));
  const isPair = pairingFacts[run.recipe.pairing]?.labels !== undefined;
  const tokens = batch * length;

  /** A stream of slots has no keys and values of its own: it looks at those of the stream whose layers it uses. */
  const ofSlots = ({ pieces }: Block): boolean =>
    pieces.some(({ taps }) => taps.some((name) => axes.get(name)?.includes('slot')));

  function rowsOf(block: Block): number {
    if (block.kind !== 'head') return ofSlots(block) ? slots : tokens;
    if (block.id.endsWith('head.pair')) return batch;
    return block.id.endsWith('head.verdict') ? tokens : slots;
  }

  /** How often a map is applied, forward and back; keys, values and places of a stream serve those that look at it. */
  function applied(reading: Reading, block: Block): number {
    if (reading !== 'tokens' && ofSlots(block)) return 0;
    if (reading === 'keys') return learned * batch * keys;
    // Places are given, once for all rows.
    if (reading === 'places') return halfLearned * (keys + length);
    if (!isRead(block)) return 0;
    // Where no pair is asked about, nothing goes back through the head that judges it.
    return (block.id.endsWith('head.pair') && !isPair ? 1 : learned) * rowsOf(block);
  }

  /** The maps of a piece, each as often as it is applied; a word table that gives the answers is one. */
  function mapped({ kind, parameters, borrows = [] }: Piece, block: Block): number {
    const isTable = (name: string) => kind === 'output' && borrows.includes(name) && shapes.get(name)!.shape.length > 1;
    return [...parameters, ...borrows].reduce((sum, name) => {
      const { shape, map, reads = ['tokens'] } = shapes.get(name)!;
      if (!map && !isTable(name)) return sum;
      const times = reads.reduce((all, reading) => all + applied(reading, block), 0);
      return sum + (times * sizeOf(shape)) / reads.length;
    }, 0);
  }

  /** Scores and what they gather; beside them scores by distance and by segment, and slots put at their places. */
  function looked(piece: Piece, block: Block, width: number): number {
    if (piece.kind !== 'attention' || !isRead(block)) return 0;
    const isRelative = [...shapes.values()].some(({ reads }) => reads?.includes('places'));
    const far = isRelative ? keys + length + 2 : 0;
    const put = ofSlots(block) ? 2 * slots * length * width : 0;
    return learned * tokens * (2 * keys + far) * width + halfLearned * put;
  }

  return blocks.reduce((total, block) => {
    const own = byId.get(block.again ?? '') ?? block;
    const [norm = ''] = own.pieces.flatMap(({ kind, parameters }) => (kind === 'norm' ? parameters : []));
    const width = shapes.get(norm)?.shape[0] ?? run.model.size.hidden;
    return own.pieces.reduce((sum, piece) => sum + mapped(piece, block) + looked(piece, block, width), total);
  }, 0);
}
