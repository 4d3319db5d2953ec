import { flatten, type Leaf, type Reading, sizeOf } from '../core/params.ts';
import type { Block, Piece } from '../models/block.ts';
import { blocksOf } from '../models/pictures.ts';
import { pairingFacts } from '../objectives/facts.ts';
import { type Sizes, sizesOf } from './arrays.ts';
import { blueprintOf } from './model.ts';
import type { Run } from './run.ts';

/** What products are made over. */
type Rows = Pick<Sizes, 'batch' | 'length' | 'keys' | 'slots' | 'scores'>;

/** How often a product is made: in all, and where one of its factors never learns. */
interface Times {
  readonly learned: number;
  readonly halfLearned: number;
}
/** Once forward and twice back, for either factor. */
const training: Times = { learned: 3, halfLearned: 2 };
/** Forward alone. */
export const reading: Times = { learned: 1, halfLearned: 1 };

/**
 * Multiplications with an addition of one training step of a run without a teacher, from the shapes of its weights and
 * maps alone: every map over the rows that it reads, and of every attention the scores and what they gather. What the
 * optimizer does with the gradients is left out.
 */
export function multiplyAddsOf(run: Run, vocabSize: number): number {
  const isPair = pairingFacts[run.recipe.pairing]?.labels !== undefined;
  return productsOf(blueprintOf(run, vocabSize), sizesOf(run, vocabSize), training, { isPair });
}

/** The same of any model over any rows; `isPair`: a pair is asked about; `counts`: which of its blocks are meant. */
export function productsOf(
  { blueprint, config }: Pick<ReturnType<typeof blueprintOf>, 'blueprint' | 'config'>,
  { batch, length, keys, slots, scores }: Rows,
  { learned, halfLearned }: Times,
  { isPair = false, counts = (_: Block): boolean => true },
): number {
  const shapes = new Map<string, Leaf>(
    Object.entries(blueprint.spec(config)).flatMap(([part, spec]) => flatten(spec, part)),
  );
  const axes = new Map(blueprint.taps(config).map((tap) => [tap.name, tap.axes]));
  const blocks = blocksOf(blueprint, config);
  const byId = new Map(blocks.map((block) => [block.id, block]));
  /** Whose weights a block uses. */
  const ownerOf = (block: Block): Block => byId.get(block.again ?? '') ?? block;
  const isRead = (block: Block) => block.kind === 'head' || blocks.some(({ reads }) => reads.includes(block.id));
  const tokens = batch * length;

  /** A stream of slots has no keys and values of its own: it looks at those of the stream whose layers it uses. */
  const ofSlots = ({ pieces }: Block): boolean =>
    pieces.some(({ taps }) => taps.some((name) => axes.get(name)?.includes('slot')));
  function rowsOf(block: Block): number {
    if (block.kind !== 'head') return ofSlots(block) ? slots : tokens;
    if (block.id.endsWith('head.pair')) return batch;
    return block.id.endsWith('head.verdict') ? tokens : slots;
  }

  /**
   * How often a layer that looks beside itself applies a map of its attention: a query each time, keys and values of
   * what it looks at only the first time. A map of all three at once is then needed for either.
   */
  function turns(name: string, { reads, again }: Block): number {
    const isBeside = reads.length > 1 && byId.get(reads[1]!)?.side === byId.get(reads[0]!)?.side;
    if (!isBeside) return 1;
    if (/\.in_proj\./.test(name)) return again ? 1 : 2;
    return again && /\.(key|value)_proj\./.test(name) ? 0 : 1;
  }

  /** Maps of distances, which are the same for all rows; who looks again at the same has them already. */
  function mappedDistances({ parameters, borrows = [] }: Piece, { again }: Block): number {
    const maps = [...parameters, ...borrows].map((name) => shapes.get(name)!).filter(({ map }) => map);
    return again ? 0 : maps.reduce((sum, { shape }) => sum + learned * sizeOf(shape) * 2 * length, 0);
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
  function mapped(piece: Piece, block: Block): number {
    if (piece.along === 'distances') return mappedDistances(piece, block);
    const tables = piece.kind === 'output' ? (piece.borrows ?? []) : [];
    const names = [...piece.parameters, ...(piece.borrows ?? []).filter((name) => shapes.get(name)!.shape.length > 1)];
    return names.reduce((sum, name) => {
      const { shape, map, reads = ['tokens'] } = shapes.get(name)!;
      if (!map && !tables.includes(name)) return sum;
      const times = reads.reduce((all, reading) => all + applied(reading, block), 0) / reads.length;
      return sum + times * turns(name, block) * sizeOf(shape);
    }, 0);
  }

  /** As wide as its queries, which may be narrower than the states; queries, keys and values may be one map. */
  function widthOf({ parameters, borrows = [] }: Piece): number {
    const [first = ''] = [...parameters, ...borrows];
    const { shape = [0], reads = [] } = shapes.get(first) ?? {};
    return shape[0]! / (/\.in_proj\./.test(first) ? 3 : Math.max(1, reads.length));
  }

  /** Kinds of segments that scores tell apart: the rows of a table by head. */
  const kindsIn = ({ pieces }: Block): number =>
    pieces
      .flatMap(({ kind, parameters }) => (kind === 'table' ? parameters.map((name) => shapes.get(name)!.shape) : []))
      .find(({ length: axes }) => axes === 3)?.[0] ?? 0;

  /** Scores and what they gather; beside them scores by distance and by segment, and slots put at their places. */
  function looked(piece: Piece, block: Block): number {
    if (piece.kind !== 'attention' || !isRead(block)) return 0;
    const width = widthOf(piece);
    const isRelative = [...shapes.values()].some(({ reads }) => reads?.includes('places'));
    const far = isRelative ? keys + length + kindsIn(ownerOf(block)) : 0;
    const terms = block.pieces.flatMap(({ taps }) => taps.flatMap((tap) => /(c2c|c2p|p2c)\.\d+$/.exec(tap)?.[1] ?? []));
    if (terms.length > 0) {
      const places = terms.filter((term) => term !== 'c2c').length * 2 * length;
      return learned * tokens * ((terms.includes('c2c') ? 2 : 1) * keys + places) * width;
    }
    const put = ofSlots(block) ? 2 * slots * length * width : 0;
    const met = batch * scores.rows * scores.cols;
    return learned * (2 * met + tokens * far) * width + halfLearned * put;
  }

  return blocks.filter(counts).reduce((total, block) => {
    return ownerOf(block).pieces.reduce((sum, piece) => sum + mapped(piece, block) + looked(piece, block), total);
  }, 0);
}
