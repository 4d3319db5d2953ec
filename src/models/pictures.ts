import type { AnyBlueprint, MapPattern, Parts, PatternInput, Patterns } from './architecture.ts';
import type { Block } from './block.ts';
import { blueprints } from './catalog.ts';

/** What `blocks.ts` of an architecture's folder says: the blocks of its picture, from its configuration and spec. */
type MakeBlocks = (config: object, spec: Parts) => readonly Block[];

const blockFiles = import.meta.glob<MakeBlocks>('./*/blocks.ts', { import: 'blocks' });
const patternFiles = import.meta.glob<Patterns<object>>('./*/patterns.ts', { import: 'patterns' });

interface Picture {
  readonly blocks: MakeBlocks | undefined;
  readonly patterns: Patterns<object> | undefined;
}
const pictures = new Map<string, Picture>();

/** Fetches what the pictures of an architecture are made from; to be done before they are asked for. */
export async function loadPicture(id: string): Promise<void> {
  if (pictures.has(id)) return;
  const [blocks, patterns] = await Promise.all([
    blockFiles[`./${id}/blocks.ts`]?.(),
    patternFiles[`./${id}/patterns.ts`]?.(),
  ]);
  pictures.set(id, { blocks, patterns });
}

/** The same for all architectures. */
export const loadPictures = (): Promise<unknown> => Promise.all(Object.keys(blueprints).map(loadPicture));

/** Whether that has been done. */
export const isPictured = (id: string): boolean => pictures.has(id);

function pictureOf({ id }: AnyBlueprint): Picture {
  const found = pictures.get(id);
  if (!found) throw new Error(`expected the picture of ${id} to be loaded, found it is not`);
  return found;
}

/**
 * The blocks of a model's picture, in the order from what is read to what is answered; each weight and each tap is in
 * exactly one piece of one block. Empty where the folder of an architecture says nothing of the kind.
 */
export const blocksOf = (blueprint: AnyBlueprint, config: object): readonly Block[] =>
  pictureOf(blueprint).blocks?.(config, blueprint.spec(config)) ?? [];

/** Who may see whom in a model's attention maps, for an example; empty where its folder says nothing. */
export const patternsOf = (blueprint: AnyBlueprint, config: object, example: PatternInput): readonly MapPattern[] =>
  pictureOf(blueprint).patterns?.(config, example) ?? [];
