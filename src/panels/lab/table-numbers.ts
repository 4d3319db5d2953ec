import { sizeOf } from '../../core/params.ts';
import type { DrawnBlock, Row } from '../../figures/model-picture.ts';
import { largestOf, type VectorLine, type VectorStep, type VectorSum } from '../../figures/vector-steps.ts';
import type { Piece } from '../../models/block.ts';
import type { Example } from '../../objectives/objective.ts';
import { mapped, rowsOf } from '../terms/numbers.ts';
import {
  blockOf,
  endOf,
  type Given,
  namesOf,
  noText,
  type Place,
  placeOf,
  type Question,
  tooLong,
} from './block-question.ts';
import { normBy, normedBy } from './feed-numbers.ts';
import { type NormKind, normKind } from './feed-question.ts';
import { rowsFrom } from './head-source.ts';
import { normOf } from './head-weights.ts';
import type { Seen } from './model.ts';
import { weightShapes } from './weight-shapes.ts';

/** What a run is to be asked so that its embeddings can be computed. */
export interface TableQuestion extends Question {
  readonly tokens: readonly string[];
  /** What is read, token by token; the picture names a place that is written by what comes there next. */
  readonly ids: readonly number[];
  readonly words: readonly string[];
  readonly segments: readonly number[];
  readonly padId: number;
  /** A place for each row of the tap. */
  readonly places: readonly number[];
  readonly pieces: readonly Piece[];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** Which row of its table the first place reads. */
  readonly firstPlace: number;
  /** How many times the words count. */
  readonly wordFactor?: number | undefined;
  readonly norm: NormKind;
  readonly end: string;
  /** The tap of states that places are added to, where no words are read. */
  readonly read?: string | undefined;
}
export interface TableSource extends Given {
  readonly asked: TableQuestion;
}

/** RoBERTa counts places from behind the padding token's row on, BART from row 2, as their published code does. */
const firstPlaces: Readonly<Record<string, (config: object) => number>> = {
  roberta: (config) => (config as { readonly padId: number }).padId + 1,
  bart: () => 2,
};

/** Transformer-XL's words count √hidden times, and so do BART's where its configuration says so. */
function wordFactorOf({ blueprint, config }: Place): number | undefined {
  const { hidden, scaleEmbedding } = config as { readonly hidden: number; readonly scaleEmbedding?: boolean };
  return blueprint.id === 'transfo-xl' || scaleEmbedding ? Math.sqrt(hidden) : undefined;
}

const idsOf = ({ inputIds, decoderInputIds = [] }: Example, side: 'input' | 'decoder') =>
  side === 'input' ? inputIds : decoderInputIds;

/** What is to be asked for the embeddings of a model, or in a sentence why they cannot be computed. */
export function tableQuestion(
  seen: Seen,
  rows: readonly Row[],
  { id, places }: Pick<DrawnBlock, 'id' | 'places'>,
): TableQuestion | string {
  const place = placeOf(seen, rows, id);
  const end = endOf(place?.block);
  if (!place?.example || place.tokens.length === 0 || end === undefined) return noText;
  const { block, pieces, blueprint, config, example, tokens } = place;
  if (tokens.length > seen.run.recipe.maxLength) return tooLong;
  const ids = idsOf(example, block.side);
  const read = pieces.some(({ title }) => title === 'place table') ? endOf(blockOf(place, block.reads[0])) : undefined;
  return {
    name: id,
    example,
    taps: [...new Set([end, ...(read === undefined ? [] : [read])])],
    tokens,
    ids,
    words: ids.map((one) => seen.vocabulary.tokens[one] ?? '?'),
    segments: example.segments,
    padId: (config as { readonly padId?: number }).padId ?? 0,
    places: places ?? [...tokens.keys()],
    pieces,
    shapes: weightShapes(blueprint, config),
    firstPlace: firstPlaces[blueprint.id]?.(config) ?? 0,
    wordFactor: wordFactorOf(place),
    norm: normKind(place),
    end,
    read: block.reads.length > 0 && !pieces.some(({ title }) => title === 'word table') ? read : undefined,
  };
}

/** Of a table which row a place reads, and what that is called; undefined: it is no table of tokens. */
function readAt({ asked }: TableSource, title: string, at: number, rows: number) {
  const { words, ids, segments, firstPlace, padId } = asked;
  if (title === 'word table') return { row: ids[at] ?? padId, title: words[at] ?? '?', isToken: true };
  if (title === 'place table') return { row: firstPlace + at, title: `place ${at}` };
  if (title === 'start vector') return { row: 0, title: 'start vector' };
  if (title !== 'segment table') return undefined;
  const row = Math.min(segments[at] ?? 0, rows - 1);
  return { row, title: `segment ${'ABCD'[row] ?? row}` };
}

/** What is read at one place, table by table. */
function linesAt(source: TableSource, at: number): readonly VectorLine[] {
  const { asked, weights } = source;
  return asked.pieces.flatMap((piece): VectorLine[] => {
    const [name = ''] = namesOf(piece);
    const shape = asked.shapes.get(name) ?? [0, 0];
    const width = shape.at(-1) ?? 1;
    const found = piece.kind === 'table' ? readAt(source, piece.title, at, sizeOf(shape) / width) : undefined;
    if (!found) return [];
    const { row, ...named } = found;
    const vector = weights[name]!.subarray(row * width, (row + 1) * width);
    const isWord = piece.title === 'word table';
    return [{ ...named, vector, ...(isWord && asked.wordFactor !== undefined && { factor: asked.wordFactor }) }];
  });
}

/** The words about a place side by side, mapped to the width of the states. Sun et al. 2020, §3.2. */
function threeWords(source: TableSource, piece: Piece, at: number): VectorLine {
  const { asked, weights, values } = source;
  const [weight = '', bias = ''] = namesOf(piece);
  const seq = values[asked.end]?.shape[1] ?? 0;
  // Padding is read like any word; beyond it there is nothing.
  const wordOf = (place: number) => (place >= 0 && place < seq ? linesAt(source, place)[0]?.vector : undefined);
  const width = linesAt(source, at)[0]!.vector.length;
  const isThreefold = (asked.shapes.get(weight)?.[1] ?? 0) === 3 * width;
  // As published: the one behind first, then itself, then the one before.
  const some = (isThreefold ? [at + 1, at, at - 1] : [at]).map(wordOf);
  const all = rowsOf(1, some.length * width, (_, c) => some[Math.floor(c / width)]?.[c % width] ?? 0);
  return { title: 'words, mapped', vector: mapped(all, weights[weight]!, weights[bias]).data };
}

/** The embeddings of one place, down to one number. */
export function tableNumbers(source: TableSource, name: string, row: number, wanted?: number): VectorSum {
  const { asked, values, weights } = source;
  const at = asked.places[row] ?? 0;
  const lines = [...linesAt(source, at)];
  const read = asked.read === undefined ? undefined : values[asked.read];
  if (read) lines.unshift({ title: 'what was read', vector: rowsFrom(read, 1, at).data });
  const neighbours = asked.pieces.find(({ title }) => title === 'three neighbours');
  if (neighbours && namesOf(neighbours).length > 0) lines[0] = threeWords(source, neighbours, at);
  let now: Float64Array = Float64Array.from(lines[0]?.vector ?? [], (_, c) =>
    lines.reduce((sum, { factor = 1, vector }) => sum + factor * vector[c]!, 0),
  );
  const scaled = lines.length === 1 && lines[0]?.factor === undefined ? 'what is looked up' : 'their sum';
  const title = lines.length === 1 && lines[0]?.factor !== undefined ? 'the product' : scaled;
  const steps: VectorStep[] = [
    {
      title: 'look up',
      words: lines.length > 1 ? ['a row of each table,', 'added up'] : ['a row of the table'],
      lines,
      total: { title, vector: now },
    },
  ];
  for (const piece of asked.pieces) {
    const names = namesOf(piece);
    const norm = piece.kind === 'norm' && piece.title === 'norm' ? normOf(names) : undefined;
    if (norm) {
      const by = normBy(now, weights, { ...norm, ...asked.norm });
      now = normedBy(now, by);
      const called = by.statistics ? 'norm' : 'gain and shift';
      steps.push({ title: called, words: [], lines: [], total: { title: 'what goes on', vector: now }, norm: by });
    }
    if (piece.kind === 'projection' && piece !== neighbours && names.length > 0) {
      now = mapped({ count: 1, width: now.length, data: now }, weights[names[0]!]!, weights[names[1] ?? '']).data;
      const words = ['to the width', 'of the states'];
      steps.push({ title: 'map', words, lines: [], total: { title: 'what goes on', vector: now } });
    }
  }
  const component = wanted !== undefined && wanted < now.length ? wanted : largestOf(now);
  return { name, tokens: asked.tokens, place: at, steps, component };
}

/** The largest difference between what is computed and what the run itself has at a place. */
export function tableDeparture({ asked, values }: TableSource, row: number, { steps }: VectorSum): number {
  const now = Array.from(steps.at(-1)?.total?.vector ?? []);
  const { data } = values[asked.end]!;
  return now.reduce((most, value, c) => Math.max(most, Math.abs(value - data[row * now.length + c]!)), 0);
}
