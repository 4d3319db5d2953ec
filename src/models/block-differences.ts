import { flatten } from '../core/params.ts';
import type { Parts } from './architecture.ts';
import type { Block, Piece } from './block.ts';

/** A model as its picture has it: its blocks, and the shapes of the weights that they name. */
export interface Pictured {
  readonly blocks: readonly Block[];
  readonly spec: Parts;
}

/** One thing in which a model is built otherwise than another. */
export interface Difference {
  /** Networks or stacks of blocks; pieces or heads more or fewer; layers that are used again; another size. */
  readonly kind: 'stack' | 'more' | 'fewer' | 'again' | 'size';
  /** A few words: `+ query stream`, `− segment table`, `word table: 32 wide, not 64`. */
  readonly phrase: string;
  /** Where it is seen: ids of the model's blocks, or of the other's where the model has fewer. */
  readonly blocks: readonly string[];
}

/** A piece and the block it stands in. */
interface Placed {
  readonly piece: Piece;
  readonly at: Block;
}

/** A model as it is compared. */
interface Side {
  readonly blocks: readonly Block[];
  readonly heads: readonly Block[];
  /** Stacks without their heads, that are compared piece by piece. */
  readonly networks: readonly (readonly Block[])[];
  /** Stacks that lean on a network and come with it. */
  readonly added: readonly (readonly Block[])[];
  /** What stands in networks and heads. */
  readonly placed: readonly Placed[];
  readonly shapeOf: (weight: string) => readonly number[];
}

const number = (n: number) =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'][n] ??
  `${n}`;
const counted = (n: number, what: string, say: (n: number) => string = String) =>
  `${say(n)} ${what}${n === 1 ? '' : 's'}`;
const idsOf = (blocks: readonly Block[]) => blocks.map(({ id }) => id);
const layersOf = (blocks: readonly Block[]) => blocks.filter(({ kind }) => kind === 'layer');
const titleOf = (stack: readonly Block[]) => stack[0]?.stack ?? 'encoder';

/** Several stacks with heads of their own are so many networks; of others the first is what all the rest leans on. */
function sideOf({ blocks, spec }: Pictured): Side {
  const heads = blocks.filter(({ kind }) => kind === 'head');
  const bodies = blocks.filter(({ kind }) => kind !== 'head');
  const stacks = [...new Set(bodies.map(({ stack }) => stack))].map((name) =>
    bodies.filter((one) => one.stack === name),
  );
  const answers = (stack: readonly Block[]) => heads.some(({ reads }) => stack.some(({ id }) => reads.includes(id)));
  const answering = stacks.filter(answers);
  const networks = answering.length > 1 ? answering : stacks.slice(0, 1);
  const shapes = new Map(Object.entries(spec).flatMap(([part, tree]) => flatten(tree, part)));
  return {
    blocks,
    heads,
    networks,
    added: stacks.filter((stack) => !networks.includes(stack)),
    placed: [...networks.flat(), ...heads].flatMap((at) => at.pieces.map((piece) => ({ piece, at }))),
    shapeOf: (weight) => shapes.get(weight)?.shape ?? [],
  };
}

/** A network by its depth and the width of what it hands on. */
function networkPhrase(stack: readonly Block[], { shapeOf }: Side): string {
  const last = stack.flatMap(({ pieces }) => pieces.flatMap(({ parameters }) => parameters)).at(-1);
  const width = last && shapeOf(last).at(-1);
  return `${titleOf(stack)} (${counted(layersOf(stack).length, 'layer', number)}${width ? `, ${width} wide` : ''})`;
}

function networkDifferences(mine: Side, theirs: Side): Difference[] {
  const [now, before] = [mine.networks.length, theirs.networks.length];
  if (now === before) return [];
  const which = mine.networks.map((stack) => networkPhrase(stack, mine)).join(' and ');
  const phrase = now > 1 ? `${number(now)} networks: ${which}` : `one network, not ${number(before)}`;
  return [{ kind: 'stack', phrase, blocks: idsOf(mine.networks.flat()) }];
}

/** A stack and what it looks at; where that stands on another row of tokens, the look is the bridge between the two. */
function stackPhrase(stack: readonly Block[], blocks: readonly Block[]): string {
  const layers = layersOf(stack);
  const seen = layers
    .flatMap(({ reads }) => blocks.filter(({ id }) => reads.includes(id)))
    .find((block) => block.stack !== stack[0]!.stack);
  const bridge = seen && seen.side !== stack[0]!.side ? ' (the bridge)' : '';
  const look = seen ? ` with its look at the ${titleOf([seen])}${bridge}` : '';
  return titleOf(stack) + look + (layers.every(({ again }) => again) ? ', by the same layers' : '');
}

function stackDifferences(mine: Side, theirs: Side): Difference[] {
  const further = (a: Side, b: Side) =>
    a.added.filter((stack) => !b.added.some((one) => titleOf(one) === titleOf(stack)));
  return [
    ...further(mine, theirs).map((stack) => ({
      kind: 'stack' as const,
      phrase: `+ ${stackPhrase(stack, mine.blocks)}`,
      blocks: idsOf(stack),
    })),
    ...further(theirs, mine).map((stack) => ({
      kind: 'stack' as const,
      phrase: `− ${titleOf(stack)}`,
      blocks: idsOf(stack),
    })),
  ];
}

/** The layers of the networks, and of stacks on the same row that have some of their own. */
function depthOf({ networks, added }: Side): readonly Block[] {
  const own = networks.flat();
  const further = added.filter(
    (stack) => stack[0]?.side === own[0]?.side && layersOf(stack).some(({ again }) => !again),
  );
  return layersOf([...own, ...further.flat()]);
}

/** How often the layers of a network are used; nothing where each is used once. */
function usePhrase(layers: readonly Block[]): string {
  const own = layers.filter(({ again }) => !again).length;
  if (own === layers.length) return '';
  if (own > 1) return `${number(own)} layers, used as ${number(layers.length)}`;
  return `one layer, used ${layers.length === 2 ? 'twice' : `${number(layers.length)} times`}`;
}

function layerDifferences(mine: Side, theirs: Side): Difference[] {
  const [now, before] = [mine, theirs].map(depthOf);
  const uses = usePhrase(now!);
  const isDeeper = mine.networks.length === theirs.networks.length && now!.length !== before!.length;
  // Of layers that are used again it is said how many there are; what counts beside the other is how deep they go.
  const deep = uses === '' ? counted(now!.length, 'layer', number) : `${number(now!.length)} deep`;
  const depth = `${deep}, not ${number(before!.length)}`;
  return [
    ...(uses === usePhrase(before!)
      ? []
      : [{ kind: 'again' as const, phrase: uses || 'layers with weights of their own', blocks: idsOf(now!) }]),
    ...(isDeeper ? [{ kind: 'size' as const, phrase: depth, blocks: idsOf(now!) }] : []),
  ];
}

/** What two pieces have in common that are the same step: the kind of block, of a head its question, and the title. */
const keyOf = ({ piece, at }: Placed) => [at.kind, at.kind === 'head' && at.title, piece.title].join('/');

/** A piece by its title, with the widths of a map that changes them, and with its place where others are called so. */
function piecePhrase({ piece, at }: Placed, { shapeOf }: Side, all: readonly Placed[]): string {
  const [output, input, ...more] = shapeOf(piece.parameters[0] ?? '');
  const isMap = piece.kind === 'projection' && input !== undefined && more.length === 0 && input !== output;
  const isElsewhere = all.some((one) => one.piece.title === piece.title && one.at.kind !== at.kind);
  const place = { embeddings: 'the embeddings', layer: 'the layers', head: `the ${at.title}` }[at.kind];
  return (
    piece.title +
    (isMap ? ` from ${input} to ${output}` : '') +
    (isElsewhere || at.kind === 'head' ? ` in ${place}` : '')
  );
}

/** Heads and pieces of one side that the other has nothing like; of a head that is missing not each piece by itself. */
function beyond(one: Side, other: Side): { readonly phrase: string; readonly blocks: readonly string[] }[] {
  const all = [...one.placed, ...other.placed];
  const isKnown = (head: Block) => other.heads.some(({ title }) => title === head.title);
  // What stands in a stack beside the other's network is not missing there.
  const beside = other.added.flat().flatMap((at) => at.pieces.map((piece) => ({ piece, at })));
  const known = new Set([...other.placed, ...beside].map(keyOf));
  const found = new Map<string, Placed[]>();
  for (const place of one.placed) {
    const { piece, at } = place;
    if (piece.kind === 'sum' || known.has(keyOf(place)) || (at.kind === 'head' && !isKnown(at))) continue;
    found.set(keyOf(place), [...(found.get(keyOf(place)) ?? []), place]);
  }
  return [
    ...[...found.values()].map((places) => ({
      phrase: piecePhrase(places[0]!, one, all),
      blocks: idsOf(places.map(({ at }) => at)),
    })),
    ...one.heads.filter((head) => !isKnown(head)).map((head) => ({ phrase: head.title, blocks: [head.id] })),
  ];
}

/** Rows and widths of the tables that both have; those that differ alike are named together. */
function tableDifferences(mine: Side, theirs: Side): Difference[] {
  const shapeAt = ({ piece }: Placed, { shapeOf }: Side) =>
    shapeOf([...piece.parameters, ...(piece.borrows ?? [])][0] ?? '');
  const found = new Map<string, { readonly titles: Set<string>; readonly blocks: Set<string> }>();
  for (const place of mine.placed) {
    const same = theirs.placed.find((one) => keyOf(one) === keyOf(place));
    if (place.piece.kind !== 'table' || !same) continue;
    const [rows = 0, width] = shapeAt(place, mine);
    const [rowsBefore, widthBefore] = shapeAt(same, theirs);
    const sizes = [
      width !== widthBefore && `${width} wide, not ${widthBefore}`,
      rows !== rowsBefore && `${counted(rows, 'row')}, not ${rowsBefore}`,
    ];
    for (const size of sizes) {
      if (!size) continue;
      const { titles, blocks } = found.get(size) ?? { titles: new Set(), blocks: new Set() };
      found.set(size, { titles: titles.add(place.piece.title), blocks: blocks.add(place.at.id) });
    }
  }
  return [...found].map(([size, { titles, blocks }]) => ({
    kind: 'size',
    phrase: `${[...titles].join(', ')}: ${size}`,
    blocks: [...blocks],
  }));
}

/** Compares what stands in two lists of blocks; what the models are called plays no part. */
export function blockDifferences(model: Pictured, other: Pictured): readonly Difference[] {
  const [mine, theirs] = [sideOf(model), sideOf(other)];
  return [
    ...networkDifferences(mine, theirs),
    ...stackDifferences(mine, theirs),
    ...layerDifferences(mine, theirs),
    ...beyond(mine, theirs).map(({ phrase, blocks }) => ({ kind: 'more' as const, phrase: `+ ${phrase}`, blocks })),
    ...beyond(theirs, mine).map(({ phrase, blocks }) => ({ kind: 'fewer' as const, phrase: `− ${phrase}`, blocks })),
    ...tableDifferences(mine, theirs),
  ];
}
