import { countText } from './parts.ts';
import { counted, listed, type Table } from './table.ts';

export interface StackPiece {
  readonly title: string;
  readonly weights: number;
  /** The other model has none of the kind. */
  readonly isOwn: boolean;
}

/** Blocks that are alike, one after the other. */
export interface StackBlock {
  /** Of the first of them: `layer 1`. */
  readonly title: string;
  /** What it belongs to where a model has several stacks: `decoder`. */
  readonly stack?: string | undefined;
  readonly count: number;
  /** Whether all of them use the same weights. */
  readonly isShared: boolean;
  readonly pieces: readonly StackPiece[];
}

/** A model from what is read to what is answered. */
export interface BlockStack {
  readonly name: string;
  readonly blocks: readonly StackBlock[];
}

/** `12 layers, the weights of one`, `decoder: embeddings`. */
export function blockTitle({ title, stack, count, isShared }: StackBlock): string {
  const many = count === 1 ? title : `${count} layers, ${isShared ? 'one set of weights' : 'each with'}`;
  return stack === undefined ? many : `${stack}: ${many}`;
}

/** A line of the picture: the title of a block, or one of its pieces. */
export interface StackLine {
  readonly y: number;
  readonly text: string;
  readonly piece?: StackPiece;
}

/** A stack at its place, in CSS pixels. */
export interface PlacedStack {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly frames: readonly { readonly y: number; readonly height: number }[];
  readonly lines: readonly StackLine[];
  readonly bottom: number;
}

/** Side by side, or where there is little room one below the other; bars of both have one scale. */
export function layoutStacks(stacks: readonly BlockStack[], width: number, size: number) {
  const line = size * 1.55;
  const gap = size * 1.6;
  const isNarrow = width < size * 38;
  const each = isNarrow ? width : (width - gap * (stacks.length - 1)) / stacks.length;
  let top = 0;
  const placed = stacks.map(({ name, blocks }, i): PlacedStack => {
    const start = isNarrow ? top : 0;
    let y = start + line * 1.25;
    const frames: { y: number; height: number }[] = [];
    const lines: StackLine[] = [];
    for (const block of blocks) {
      const from = y;
      lines.push({ y: y + line * 0.75, text: blockTitle(block) });
      y += line;
      for (const piece of block.pieces) {
        lines.push({ y: y + line * 0.75, text: piece.title, piece });
        y += line;
      }
      y += size * 0.3;
      frames.push({ y: from, height: y - from });
      y += size * 0.55;
    }
    top = y + gap;
    return { name, x: isNarrow ? 0 : i * (each + gap), y: start + size, width: each, frames, lines, bottom: y };
  });
  const most = Math.max(1, ...stacks.flatMap(({ blocks }) => blocks.flatMap((b) => b.pieces.map((p) => p.weights))));
  return { placed, most, line, height: Math.ceil(Math.max(...placed.map(({ bottom }) => bottom))) };
}

const ownOf = ({ blocks }: BlockStack): readonly string[] => [
  ...new Set(blocks.flatMap(({ pieces }) => pieces.flatMap(({ isOwn, title }) => (isOwn ? [title] : [])))),
];

/** One sentence that is true of the picture. */
export const describeStacks = (stacks: readonly BlockStack[]): string =>
  `${listed(
    stacks.map((stack) => {
      const layers = stack.blocks.reduce((sum, { title, count }) => sum + (/^layer/.test(title) ? count : 0), 0);
      const own = ownOf(stack);
      const alone = own.length > 0 ? `alone with ${listed(own)}` : 'with nothing that the other lacks';
      return `${stack.name}: ${counted(layers, 'layer')}, ${alone}`;
    }),
  )}.`;

/** A row a piece. */
export const tabulateStacks = (stacks: readonly BlockStack[]): Table => ({
  columns: ['Model', 'Block', 'Piece', 'Weights', 'Only here'],
  rows: stacks.flatMap(({ name, blocks }) =>
    blocks.flatMap((block) =>
      block.pieces.map(({ title, weights, isOwn }) => [name, blockTitle(block), title, weights, isOwn ? 'yes' : '']),
    ),
  ),
});

/** Weights beside a piece; one without any of its own says nothing. */
export const weightText = ({ weights }: StackPiece): string => (weights > 0 ? countText(weights) : '');
