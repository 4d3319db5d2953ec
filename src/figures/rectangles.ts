import { countText } from './parts.ts';
import { listed, type Table } from './table.ts';
import { lettersIn, widthOf, wrap } from './text.ts';

/** A matrix of weights. */
export interface Shape {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Cut into so many blocks on the diagonal; absent: one. */
  readonly groups?: number;
  /** The most that its rank can be, where that is said. */
  readonly rank?: number;
}

/** Matrices that do the same work together. */
export interface Way {
  readonly name: string;
  readonly shapes: readonly Shape[];
  /** Worked out from others, and not stored. */
  readonly made?: boolean;
}

export interface Rectangles {
  readonly ways: readonly Way[];
}

/** Weights of a matrix: of one in groups only the blocks count. */
export const weightsOf = ({ rows, columns, groups = 1 }: Shape): number => (rows * columns) / groups;
export const weightsOfWay = ({ shapes }: Way): number => shapes.reduce((sum, shape) => sum + weightsOf(shape), 0);

const n = (value: number): string => value.toLocaleString('en');
const sizeText = ({ rows, columns, groups = 1 }: Shape): string =>
  groups === 1 ? `${n(rows)} × ${n(columns)}` : `${groups} of ${n(rows / groups)} × ${n(columns / groups)}`;

/** One sentence that is true of the picture. */
export function describeRectangles({ ways }: Rectangles): string {
  return ways
    .map(
      (way) =>
        `${way.name}: ${listed(way.shapes.map((shape) => `${shape.name}, ${sizeText(shape)}`))}, ` +
        `${n(weightsOfWay(way))} ${way.made ? 'numbers, not stored' : 'weights'}.`,
    )
    .join(' ');
}

/** A row a matrix. */
export const tabulateRectangles = ({ ways }: Rectangles): Table => {
  const hasRank = ways.some(({ shapes }) => shapes.some(({ rank }) => rank !== undefined));
  return {
    columns: ['Way', 'Matrix', 'Size', 'Weights', ...(hasRank ? ['Rank at most'] : [])],
    rows: ways.flatMap(({ name, shapes }) =>
      shapes.map((shape) => [
        name,
        shape.name,
        sizeText(shape),
        weightsOf(shape),
        ...(hasRank ? [shape.rank ?? Math.min(shape.rows, shape.columns)] : []),
      ]),
    ),
  };
};

export interface PlacedShape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Its blocks; one that fills it where it is not cut. */
  readonly blocks: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly middle: number;
  readonly words: readonly { readonly y: number; readonly text: string }[];
}
export interface PlacedWay {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly shapes: readonly PlacedShape[];
}
export interface RectanglesLayout {
  readonly ways: readonly PlacedWay[];
  readonly small: number;
  readonly height: number;
}

/** All to one scale, at least two pixels either way; ways side by side where they fit, else below one another. */
export function layoutRectangles({ ways }: Rectangles, width: number, size: number): RectanglesLayout {
  const small = Math.max(12, size * 0.85);
  const gap = size * 1.4;
  const all = ways.flatMap(({ shapes }) => shapes);
  const wordsOf = (shape: Shape) => [
    shape.name,
    sizeText(shape),
    ...(shape.rank === undefined ? [] : [`rank ≤ ${n(shape.rank)}`]),
  ];
  const tallest = Math.max(1, ...all.map(({ rows }) => rows));
  /** How wide a matrix is at a scale, its words included. */
  const room = (shape: Shape, scale: number) =>
    Math.max(
      shape.columns * scale,
      size * 7,
      widthOf(
        Math.max(
          ...wordsOf(shape)
            .slice(1)
            .map((w) => w.length),
        ),
        small,
        'label',
      ),
    );
  const titleOf = (way: Way) => `${way.name}: ${countText(weightsOfWay(way))} ${way.made ? 'numbers' : 'weights'}`;
  const wayRoom = (way: Way, scale: number) =>
    Math.max(
      widthOf(titleOf(way).length, size, 'label'),
      way.shapes.reduce((sum, shape) => sum + room(shape, scale) + gap, -gap),
    );
  const besides = (scale: number) => ways.reduce((sum, way) => sum + wayRoom(way, scale) + gap * 2, -gap * 2);
  /** Shapes below one another are as low as their number asks for. */
  const highest = (isBeside: boolean) => (size * (isBeside ? 17 : 22 / Math.max(1.3, ways.length))) / tallest;
  const fits = (scale: number, isBeside: boolean) =>
    isBeside ? besides(scale) <= width : ways.every((way) => wayRoom(way, scale) <= width);
  const shrunk = (isBeside: boolean) => {
    const most = highest(isBeside);
    let scale = most;
    while (scale > most / 8 && !fits(scale, isBeside)) scale *= 0.93;
    return scale;
  };
  const besideScale = shrunk(true);
  const isBeside = fits(besideScale, true) && besideScale > highest(true) / 3;
  const scale = isBeside ? besideScale : shrunk(false);

  const head = size * 2.1;
  let [x, y, height] = [0, 0, 0];
  const placed = ways.map((way): PlacedWay => {
    const at = { x, y };
    const tall = Math.max(2, ...way.shapes.map(({ rows }) => rows * scale));
    let left = x;
    const shapes = way.shapes.map((shape): PlacedShape => {
      const wide = room(shape, scale);
      const own = { width: Math.max(2, shape.columns * scale), height: Math.max(2, shape.rows * scale) };
      const groups = shape.groups ?? 1;
      const corner = { x: left + (wide - own.width) / 2, y: y + head };
      const letters = lettersIn(wide + gap * 0.8, small, 'label');
      const lines = wordsOf(shape).flatMap((text) => wrap(text, letters, 2));
      const below = corner.y + own.height;
      left += wide + gap;
      return {
        ...corner,
        ...own,
        middle: corner.x + own.width / 2,
        blocks: Array.from({ length: groups }, (_, i) => ({
          x: corner.x + (own.width / groups) * i,
          y: corner.y + (own.height / groups) * i,
          width: own.width / groups,
          height: own.height / groups,
        })),
        words: lines.map((text, i) => ({ text, y: below + small * (1.35 + i * 1.25) })),
      };
    });
    const bottom = Math.max(y + head + tall, ...shapes.flatMap(({ words }) => words.map((word) => word.y)));
    height = Math.max(height, bottom + size * 0.6);
    if (isBeside) x += wayRoom(way, scale) + gap * 2;
    else y = bottom + size * 1.4;
    return { ...at, title: titleOf(way), shapes };
  });
  return { ways: placed, small, height };
}
