import type { Vocabulary } from '../../document.ts';
import type { HiddenSpan, SpanShare } from '../../exact.ts';
import {
  animals,
  cities,
  colours,
  ending,
  ends,
  foods,
  frames,
  heroes,
  isSlot,
  nouns,
  objects,
  opening,
  places,
  type Slot,
  similes,
  type Template,
  weathers,
  weekdays,
} from './grammar.ts';
import { bodyLengths, type Kind, type Reading, type Sentence, unseen } from './sentence-circuit.ts';

/** Words of one segment with their positions in the sequence. */
export interface Run {
  readonly words: readonly string[];
  readonly positions: readonly number[];
}

/** The segments of a sequence, bare or packed: special tokens stand between them. */
export function runsOf(sequence: readonly number[], vocabulary: Vocabulary): readonly Run[] {
  const runs: { words: string[]; positions: number[] }[] = [];
  let open = false;
  const { tokens, wordMark = '' } = vocabulary;
  sequence.forEach((id, position) => {
    const isWord = !vocabulary.isSpecial(id);
    if (isWord && !open) runs.push({ words: [], positions: [] });
    if (isWord) {
      // A piece without the mark is no word, however it is spelled.
      const isWhole = tokens[id]!.startsWith(wordMark);
      runs.at(-1)!.words.push(isWhole ? tokens[id]!.slice(wordMark.length) : '');
      runs.at(-1)!.positions.push(position);
    }
    open = isWord;
  });
  return runs;
}

/** What can stand in each slot. */
export const fillers: Readonly<Record<Slot, readonly string[]>> = {
  HERO: heroes,
  PLACE: places,
  NOUN: nouns.flat(),
  PRONOUN: ['she', 'he'],
  WEATHER: weathers,
  ANIMAL: animals.flat(),
  FOOD: foods,
  ADJECTIVE: similes.map(([adjective]) => adjective),
  SIMILE: similes.map(([, animal]) => animal),
  CITY1: cities.map(([first]) => first),
  CITY2: cities.map(([, second]) => second),
  COLOUR: colours,
  OBJECT: objects,
  END: ends,
};

/** What can stand in each place of a sentence of one kind. */
type Shape = readonly ReadonlySet<string>[];

const shape = (template: Template): Shape => template.map((word) => new Set(isSlot(word) ? fillers[word] : [word]));
const date: Shape = [new Set(['on', 'one']), new Set([...weekdays, 'day'])];

/** What a word of a sentence is: one of its slots, the second word of its date, or fixed wording. */
export type Role = Slot | 'DAY' | 'FIXED';

const roles = (template: Template): readonly Role[] => template.map((word) => (isSlot(word) ? word : 'FIXED'));

const shapes: readonly { readonly kind: Kind; readonly shape: Shape; readonly roles: readonly Role[] }[] = [
  ...frames.map(({ template }) => ({
    kind: 'body' as const,
    shape: [...date, ...shape(template)],
    roles: ['FIXED' as const, 'DAY' as const, ...roles(template)],
  })),
  { kind: 'opening', shape: shape(opening), roles: roles(opening) },
  { kind: 'ending', shape: shape(ending), roles: roles(ending) },
];

/** Which part of a sentence is in the run. */
type Part = 'whole' | 'beginning' | 'middle' | 'end';

/** How many words of a sentence may be missing in front when `seen` of its `length` words are in the run. */
function offsets(part: Part, seen: number, length: number): readonly number[] {
  const missing = length - seen;
  if (missing < 0 || (part === 'whole' && missing > 0)) return [];
  if (part === 'end') return [missing];
  return part === 'middle' ? Array.from({ length: missing }, (_, i) => i + 1) : [0];
}

/** A sentence that some words can be a part of, without its first `offset` words. */
interface Fit {
  readonly kind: Kind;
  readonly offset: number;
  readonly roles: readonly Role[];
}

/** All sentences that these words can be the given part of, a day before an opening or an ending. */
const fitsOf = (words: readonly string[], part: Part): readonly Fit[] =>
  shapes.flatMap(({ kind, shape, roles: all }) =>
    offsets(part, words.length, shape.length)
      .filter((skipped) => words.every((word, i) => shape[skipped + i]!.has(word)))
      .map((offset) => ({ kind, offset, roles: all.slice(offset, offset + words.length) })),
  );

/** A sentence of that length whose seen positions begin after `offset` words. */
function reading(offset: number, positions: readonly number[], length: number): Reading {
  const from = (i: number): number => (i < offset ? unseen : (positions[i - offset] ?? unseen));
  return { weight: 1, positions: Array.from({ length }, (_, i) => from(i)) };
}

/**
 * All ways in which a sentence can have the given part at these positions; where an opening or ending is cut is plain.
 */
function readings(kind: Kind, part: Part, offset: number, positions: readonly number[]): readonly Reading[] {
  if (kind !== 'body') return [reading(offset, positions, (kind === 'opening' ? opening : ending).length)];
  return bodyLengths.flatMap((length) =>
    offsets(part, positions.length, length).map((skipped) => reading(skipped, positions, length)),
  );
}

/** What lies between two full stops of a run. */
interface Piece extends Run {
  readonly part: Part;
  /** At least one; of the first one's kind it is. */
  readonly fits: readonly Fit[];
}

/** A run cut behind its full stops; undefined when the grammar has no such text. */
function piecesOf({ words, positions }: Run): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (let start = 0; start < words.length; ) {
    const stop = words.indexOf('.', start);
    const end = stop < 0 ? words.length : stop + 1;
    const piece = words.slice(start, end);
    const parts: readonly Part[] = stop < 0 ? ['beginning', 'middle'] : ['whole', 'end'];
    const found = parts
      .slice(0, start === 0 ? 2 : 1)
      .map((part) => ({ part, fits: fitsOf(piece, part) }))
      .find(({ fits }) => fits.length > 0);
    if (found === undefined) return undefined;
    pieces.push({ ...found, words: piece, positions: positions.slice(start, end) });
    start = end;
  }
  return pieces;
}

/**
 * The sentences of a run. The first may lack its beginning and the last its end; how much is missing is not known.
 * Undefined when the grammar has no such text.
 */
export const readSentences = (run: Run): readonly Sentence[] | undefined =>
  piecesOf(run)?.map(({ part, positions, fits }) => {
    const { kind, offset } = fits[0]!;
    return { kind, readings: readings(kind, part, offset, positions) };
  });

/** A sentence, or what of it is in a run, with what each of its words is; undefined where that cannot be told. */
export interface ToldSentence extends Run {
  readonly kind: Kind;
  readonly roles: readonly (Role | undefined)[];
}

/** The sentences of a run word by word, as `readSentences` finds them. */
export const readRoles = (run: Run): readonly ToldSentence[] | undefined =>
  piecesOf(run)?.map(({ words, positions, fits }) => {
    const { kind } = fits[0]!;
    const possible = fits.filter((fit) => fit.kind === kind).map((fit) => fit.roles);
    const known = possible[0]!.map((role, i) => (possible.every((others) => others[i] === role) ? role : undefined));
    return { words, positions, kind, roles: known };
  });

/** The positions that a sentence takes in its sequence, in order. */
export const seenPositions = (sentence: Sentence): readonly number[] =>
  sentence.readings[0]!.positions.filter((position) => position !== unseen);

/** The same sentence when nobody knows yet how long it gets. Its positions may run on into what follows. */
export function openEnd(sentence: Sentence): Sentence {
  const { kind, readings: known } = sentence;
  const isCut = known[0]!.positions[0] === unseen;
  if (kind !== 'body' && isCut) return sentence;
  const [start] = seenPositions(sentence);
  const longest = Math.max(...bodyLengths, opening.length, ending.length);
  const running = Array.from({ length: longest }, (_, i) => start! + i);
  if (kind !== 'body') return { kind, readings: readings(kind, 'beginning', 0, running) };
  const skipped = (length: number) => offsets(isCut ? 'middle' : 'beginning', 1, length);
  return {
    kind,
    readings: bodyLengths.flatMap((length) => skipped(length).map((offset) => reading(offset, running, length))),
  };
}

/**
 * The same sentence when a span of it is hidden and its length is not known, so that neither is the sentence's.
 * Undefined when the sentence is cut off at an end or the span is not within it.
 */
export function hideSpan(sentence: Sentence, span: HiddenSpan, share: SpanShare): Sentence | undefined {
  const { kind, readings: known } = sentence;
  const { positions } = known[0]!;
  const first = positions.indexOf(span.start);
  if (positions.includes(unseen) || first < 0 || first + span.length > positions.length) return undefined;
  const before = positions.slice(0, first);
  const after = positions.slice(first + span.length);
  const lengths = kind === 'body' ? bodyLengths : [positions.length];
  const possible = lengths.flatMap((length) => {
    const hidden = length - before.length - after.length;
    const weight = hidden > 0 ? share(hidden, length) : 0;
    return weight > 0 ? [{ weight, positions: [...before, ...new Array<number>(hidden).fill(unseen), ...after] }] : [];
  });
  return { kind, readings: possible };
}
