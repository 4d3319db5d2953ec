import { flatten, sizeOf } from '../../core/params.ts';
import type { Block } from '../../models/block.ts';
import { blueprints } from '../../models/catalog.ts';
import { hubOf } from '../../models/hubs.ts';
import { blocksOf } from '../../models/pictures.ts';
import { productsOf, reading } from '../../training/multiply-adds.ts';
import type { Size } from './size.ts';

/** What of a published size is counted from the shapes of the model that is built here. */
export interface Counted {
  /** Weights without the heads of pretraining, as papers count. */
  readonly weights: number;
  readonly wordTable: number;
  /** What else stands in front of the layers. */
  readonly tables: number;
  /** With the pooler, where there is one. */
  readonly layers: number;
  /** What only answers in pretraining. */
  readonly heads: number;
  /** Multiply-adds of reading a text of so many tokens, for each of them; heads left out. */
  readonly multiplyAdds: (length: number) => number;
  /** Weights, their gradients and Adam's two running means, four bytes each; heads included. */
  readonly trainBytes: number;
}

/** The architecture of a size and its configuration; undefined where it is not built here. */
export function modelOf({ id, config }: Size) {
  const blueprint = blueprints[id.split('.')[0] ?? ''];
  if (!blueprint || typeof config === 'string') return undefined;
  return { blueprint, config: hubOf(blueprint).fromConfig(config) };
}

/** The network that is kept where two train together: the one that judges what the other filled in. */
export function keptBlocks(blocks: readonly Block[]): readonly Block[] {
  const judge = blocks.filter(({ stack }) => stack === 'discriminator');
  return judge.length > 0 ? judge : blocks;
}

/** A stream of questions runs in pretraining alone. */
const isRead = ({ kind, stack }: Block): boolean => kind !== 'head' && stack !== 'query stream';

/** Bytes of a number, and numbers that Adam keeps of a weight: itself, its gradient, two running means. */
const [bytes, kept] = [4, 4];

/** The picture of the architecture has to be loaded. */
export function countOf(size: Size): Counted | undefined {
  const model = modelOf(size);
  if (!model) return undefined;
  const { blueprint, config } = model;
  const numbers = new Map(
    Object.entries(blueprint.spec(config)).flatMap(([part, spec]) =>
      flatten(spec, part).map(([name, { shape, buffer }]) => [name, buffer ? 0 : sizeOf(shape)] as const),
    ),
  );
  const blocks = keptBlocks(blocksOf(blueprint, config));
  const parts = { wordTable: 0, tables: 0, layers: 0, heads: 0 };
  for (const { kind, pieces } of blocks)
    for (const { title, parameters } of pieces) {
      const inFront = title === 'word table' ? 'wordTable' : 'tables';
      const behind = kind === 'layer' || title === 'pooler' ? 'layers' : 'heads';
      parts[kind === 'embeddings' ? inFront : behind] += parameters.reduce((all, name) => all + numbers.get(name)!, 0);
    }
  const weights = parts.wordTable + parts.tables + parts.layers;
  const counts = (block: Block) => isRead(block) && blocks.some(({ id }) => id === block.id);
  return {
    ...parts,
    weights,
    multiplyAdds(length) {
      const keys = length + (blueprint.remembers?.(config) ?? 0);
      const scores = blueprint.scores?.(config, length) ?? { rows: length, cols: keys };
      return productsOf(model, { batch: 1, length, keys, slots: 0, scores }, reading, { counts }) / length;
    },
    trainBytes: bytes * kept * (weights + parts.heads),
  };
}
