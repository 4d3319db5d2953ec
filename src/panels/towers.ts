import { AppError } from '../core/errors.ts';
import { count, flatten, type Leaf, sizeOf } from '../core/params.ts';
import { countText } from '../figures/parts.ts';
import type { Cell, Floor, Tower } from '../figures/towers.ts';
import type { AnyBlueprint } from '../models/architecture.ts';
import type { Block, Piece } from '../models/block.ts';
import { blueprints } from '../models/catalog.ts';
import { blocksOf, loadPicture } from '../models/pictures.ts';
import type { Plain } from './tape-change.ts';

/** What the width of a floor stands for. */
export type Measure = 'numbers' | 'weights' | 'work';
export const measures: Readonly<Record<Measure, string>> = {
  numbers: 'numbers a token',
  weights: 'weights',
  work: 'multiply-adds a token',
};

/** A tower as a lesson describes it. */
export interface TowerPlan {
  readonly name: string;
  readonly model?: string;
  readonly layers?: number;
  readonly hidden?: number;
  readonly heads?: number;
  readonly vocabulary?: number;
  readonly length?: number;
  readonly options?: Readonly<Record<string, Plain>>;
  readonly stack?: string;
  readonly floors?: number;
  readonly width?: number;
  readonly inner?: number;
  readonly lit?: readonly number[];
  readonly door?: { readonly floor: number; readonly words: string };
  readonly note?: string;
}

export interface Look {
  readonly by: Measure;
  readonly halves: boolean;
  /** What the reader chose, over the plans' own options. */
  readonly chosen: Readonly<Record<string, Plain>>;
}

/** The blueprint of a plan and its configuration; undefined where it is of floors alone. */
function modelOf({ model, layers, hidden, heads, vocabulary, length, options }: TowerPlan, chosen: Look['chosen']) {
  if (!model) return undefined;
  const blueprint = blueprints[model];
  if (!blueprint)
    throw new AppError('bad-option', `There is no architecture called "${model}". Choose one from the list.`);
  const own = Object.entries(chosen).filter(([key]) => blueprint.options?.some((option) => option.key === key));
  const resized = blueprint.resize(blueprint.toy, {
    layers: layers ?? 2,
    hidden: hidden ?? 64,
    heads: heads ?? 2,
    vocabSize: vocabulary ?? 512,
    maxLength: length ?? 64,
    dropout: 0,
  });
  return { blueprint, config: { ...resized, ...options, ...Object.fromEntries(own) } };
}

/** Fetches what the towers of some plans are made from. */
export const loadTowers = (plans: readonly TowerPlan[]): Promise<unknown> =>
  Promise.all(plans.flatMap(({ model }) => (model && Object.hasOwn(blueprints, model) ? [loadPicture(model)] : [])));

/** What a piece uses, its own and borrowed. */
const usedBy = ({ parameters, borrows = [] }: Piece): readonly string[] => [...parameters, ...borrows];

interface Counted {
  readonly shapes: ReadonlyMap<string, Leaf>;
  readonly blocks: readonly Block[];
}

/** Weights that stand in a block alone. */
const weightsIn = ({ pieces }: Block, { shapes }: Counted): number =>
  pieces.flatMap(({ parameters }) => parameters).reduce((sum, name) => sum + sizeOf(shapes.get(name)!.shape), 0);

/** Multiplications with an addition that the maps of a block make of one token; attention's scores are not in it. */
const workIn = (block: Block, { shapes, blocks }: Counted): number => {
  const owner = blocks.find(({ id }) => id === block.again) ?? block;
  const maps = owner.pieces.flatMap(usedBy).filter((name) => shapes.get(name)!.map);
  return maps.reduce((sum, name) => sum + sizeOf(shapes.get(name)!.shape), 0);
};

const countedOf = (blueprint: AnyBlueprint, config: object): Counted => ({
  shapes: new Map(Object.entries(blueprint.spec(config)).flatMap(([part, spec]) => flatten(spec, part))),
  blocks: blocksOf(blueprint, config),
});

/** Attention and feed-forward of a layer, in a hue where other layers have the very same weights. */
function halvesOf(block: Block, layers: readonly Block[]): readonly Cell[] {
  const named = ['attention', 'feed-forward'] as const;
  return named.map((kind, hue): Cell => {
    const weights = (one: Block) => one.pieces.find((piece) => piece.kind === kind);
    const owners = layers.filter(
      (one) =>
        one !== block && (one.again === block.id || weights(one)?.borrows?.[0] === weights(block)?.parameters[0]),
    );
    const isShared = block.again !== undefined || weights(block)?.borrows !== undefined || owners.length > 0;
    return isShared ? { hue, label: kind } : { label: `${kind} ${layers.indexOf(block) + 1}` };
  });
}

/**
 * A plan as it is drawn. A model all of whose layers are one is drawn as one floor with a loop, but for its work, which
 * is done anew at each pass.
 */
export function towerOf(plan: TowerPlan, { by, halves, chosen }: Look): Tower {
  const { name, lit = [], inner, door, note } = plan;
  const model = modelOf(plan, chosen);
  const more = (i: number) => ({ ...(lit.includes(i + 1) && { lit: true }), ...(inner !== undefined && { inner }) });
  const entered = door && { door: { floor: door.floor - 1, words: door.words } };
  if (!model) {
    const width = plan.width ?? 1;
    const floors = Array.from({ length: plan.floors ?? 1 }, (_, i): Floor => ({ width, ...more(i) }));
    return { name, floors, ...(note && { note }), ...entered };
  }
  const { blueprint, config } = model;
  const counted = countedOf(blueprint, config);
  const layers = counted.blocks.filter(
    ({ kind, stack }) => kind === 'layer' && (plan.stack === undefined || stack === plan.stack),
  );
  const isLoop = layers.length > 1 && layers.every(({ again }, i) => i === 0 || again === layers[0]!.id);
  const widthOf = (block: Block): number => {
    if (by === 'weights') return weightsIn(block, counted);
    if (by === 'work') return workIn(block, counted);
    return plan.width ?? plan.hidden ?? 64;
  };
  const work = layers.reduce((sum, block) => sum + workIn(block, counted), 0);
  const weights = Object.values(blueprint.spec(config)).reduce((sum, part) => sum + count(part), 0);
  const isFolded = isLoop && by !== 'work';
  const shown = isFolded ? layers.slice(0, 1) : layers;
  return {
    name,
    note: note ?? `${countText(weights)} weights, ${countText(work)} multiply-adds a token`,
    floors: shown.map((block, i) => ({
      width: widthOf(block),
      ...more(i),
      ...(halves && { cells: halvesOf(block, layers) }),
    })),
    ...(isFolded && { loop: layers.length }),
    ...entered,
  };
}
