import { monoWidth } from './palette.ts';
import { countText } from './parts.ts';
import type { Table } from './table.ts';
import { clip, lettersIn } from './text.ts';

/** One of the two networks: how large it is, and how many weights are its own. */
export interface Network {
  readonly layers: number;
  readonly hidden: number;
  readonly weights: number;
}

/** Whose loss is taken: then gradients are drawn, from it down to what it moves. Absent: what each hands on. */
export type LossOf = 'generator' | 'discriminator';

/** A generator and a discriminator with a die between them, and the tables that both read. */
export interface TwoModels {
  /** A piece of the text with its holes, and the same with what was drawn for them. */
  readonly given: readonly string[];
  readonly sampled: readonly string[];
  readonly generator: Network;
  readonly discriminator: Network;
  /** Weights of the tables of words and places, and whether both networks read the same ones. */
  readonly tables: number;
  readonly shared: boolean;
  /** How often the discriminator's loss counts. */
  readonly weight: number;
  readonly lossOf?: LossOf;
}

/** The parts that a loss moves. Held by a gradient test of the architecture. Clark et al. 2020, §2. */
export const movedBy: Readonly<Record<LossOf, { readonly own: LossOf; readonly tables: true }>> = {
  generator: { own: 'generator', tables: true },
  discriminator: { own: 'discriminator', tables: true },
};

export const sizeText = ({ layers, hidden }: Network): string =>
  `${layers} ${layers === 1 ? 'layer' : 'layers'}, ${hidden} wide`;

const sameTables = ({ shared }: TwoModels) => (shared ? 'the shared tables' : 'its own tables');

/** One sentence that is true of the picture. */
export function describeTwoModels(models: TwoModels): string {
  const { generator, discriminator, lossOf } = models;
  const both = `A generator of ${sizeText(generator)} and a discriminator of ${sizeText(discriminator)}.`;
  if (lossOf === undefined)
    return `${both} The generator reads the text with holes and gives probabilities; a die draws a word for each hole; the discriminator reads the text with the drawn words and judges every token.`;
  if (lossOf === 'generator')
    return `${both} The generator’s loss moves the generator and ${sameTables(models)}, and nothing of the discriminator.`;
  return `${both} The discriminator’s loss moves the discriminator and ${sameTables(models)}; it is cut off at the die and moves nothing of the generator.`;
}

/** A row a part: its size, and which of the two losses moves it. */
export const tabulateTwoModels = ({ generator, discriminator, tables, shared }: TwoModels): Table => ({
  columns: ['Part', 'Size', 'Weights', 'Moved by the generator’s loss', 'Moved by the discriminator’s loss'],
  rows: [
    ['Generator', sizeText(generator), generator.weights, 'yes', 'no'],
    ['Discriminator', sizeText(discriminator), discriminator.weights, 'no', 'yes'],
    [shared ? 'Shared tables' : 'Tables', '', tables, 'yes', 'yes'],
  ],
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One of the two columns, from its loss on top to its text at the bottom. */
export interface Column {
  readonly middle: number;
  readonly loss: Box;
  readonly answer: Box;
  /** A slab a layer, the lowest first; as wide as the layer is among both networks. */
  readonly slabs: readonly Box[];
  readonly text: Box;
}

export interface TwoModelsLayout {
  readonly generator: Column;
  readonly discriminator: Column;
  readonly tables: Box;
  readonly die: Box;
  /** The way from the generator's probabilities over the die to the text that the discriminator reads. */
  readonly across: { readonly path: string; readonly tip: string; readonly x: number };
  /** Type of the tokens, and the most letters of one. */
  readonly mono: number;
  readonly letters: number;
  readonly small: number;
  readonly height: number;
}

/** Two columns with a gutter for the die; all heights hang on the type alone. */
export function layoutTwoModels(models: TwoModels, width: number, size: number): TwoModelsLayout {
  const { generator, discriminator, given, sampled } = models;
  const gutter = Math.max(size * 4.4, width * 0.12);
  const wide = (width - gutter - 2) / 2;
  const small = Math.max(12, size * 0.86);
  const line = size * 2;
  const gap = size * 1.9;
  const slab = size * 1.9;
  const most = Math.max(generator.layers, discriminator.layers);
  const lossAt = 1;
  const answerAt = lossAt + line + gap;
  const modelAt = answerAt + line + gap;
  const textAt = modelAt + most * (slab + 3) + small * 3 + gap;
  const tablesAt = textAt + line + gap;
  const type = typeOfPieces([given, sampled], wide, size);

  const column = (x: number, { layers, hidden }: Network): Column => {
    const own = wide * Math.max(0.4, hidden / Math.max(generator.hidden, discriminator.hidden));
    const bottom = modelAt + most * (slab + 3);
    return {
      middle: x + wide / 2,
      loss: { x, y: lossAt, width: wide, height: line },
      answer: { x, y: answerAt, width: wide, height: line },
      slabs: Array.from({ length: layers }, (_, layer) => ({
        x: x + (wide - own) / 2,
        y: bottom - (layer + 1) * (slab + 3),
        width: own,
        height: slab,
      })),
      text: { x, y: textAt, width: wide, height: line },
    };
  };
  const edge = size * 2.1;
  const die = { x: 1 + wide + (gutter - edge) / 2, y: modelAt + most * slab * 0.4, width: edge, height: edge };
  const columns = { generator: column(1, generator), discriminator: column(1 + wide + gutter, discriminator) };
  return {
    ...columns,
    tables: { x: 1, y: tablesAt, width: width - 2, height: line },
    die,
    across: acrossOf(
      columns.generator.answer,
      layoutPiece(sampled, columns.discriminator, type)[0]!.x,
      textAt,
      die,
      line,
    ),
    ...type,
    small,
    height: tablesAt + line + size * 0.4,
  };
}

function acrossOf(answer: Box, piece: number, textAt: number, die: Box, line: number) {
  const x = die.x + die.width / 2;
  const [end, y] = [piece - 4, textAt + line / 2];
  const over = `M${answer.x + answer.width},${answer.y + answer.height / 2}H${x}V${die.y - 3}`;
  return { path: `${over}M${x},${die.y + die.height + 3}V${y}H${end}`, tip: `M${end - 8},${y - 5}l8,5l-8,5`, x };
}

const between = 4;
/** Room beside a word in its chip, in sizes of its type. */
const beside = 0.7;

/** Type in which each piece fits into its column, at least 12 px; where that is too wide the longest words are cut. */
function typeOfPieces(pieces: readonly (readonly string[])[], room: number, size: number) {
  const at = (most: number) =>
    Math.min(
      ...pieces.map(
        (row) =>
          (room - between * (row.length - 1)) /
          row.reduce((sum, { length }) => sum + Math.min(length, most) * monoWidth + beside, 0),
      ),
    );
  let letters = Math.max(1, ...pieces.flat().map(({ length }) => length));
  while (letters > 1 && at(letters) < 12) letters--;
  return { mono: Math.max(12, Math.min(size, at(letters))), letters };
}

/** Chips of a piece of text in the middle of its column, as wide as their words. */
export function layoutPiece(
  row: readonly string[],
  { middle }: Pick<Column, 'middle'>,
  { mono, letters }: Pick<TwoModelsLayout, 'mono' | 'letters'>,
): readonly { readonly x: number; readonly width: number }[] {
  const widths = row.map(({ length }) => (Math.min(length, letters) * monoWidth + beside) * mono);
  let x = middle - (widths.reduce((sum, one) => sum + one + between, 0) - between) / 2;
  return widths.map((width) => {
    const at = { x, width };
    x += width + between;
    return at;
  });
}

/** Words for a box, as long as they fit; the last of them if none does. */
export function fitting(words: readonly string[], room: number, size: number): string {
  const letters = lettersIn(room, size, 'label');
  return words.find(({ length }) => length <= letters) ?? clip(words.at(-1) ?? '', letters);
}

export const tablesText = ({ tables, shared }: TwoModels): readonly string[] => [
  `${shared ? 'Tables of words and places, read by both' : 'Tables of words and places'}: ${countText(tables)} weights`,
  `${shared ? 'Shared tables' : 'Tables'}: ${countText(tables)} weights`,
];
