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

const fillers: Readonly<Record<Slot, readonly string[]>> = {
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

const shapes: readonly { readonly kind: Kind; readonly shape: Shape }[] = [
  ...frames.map(({ template }) => ({ kind: 'body' as const, shape: [...date, ...shape(template)] })),
  { kind: 'opening', shape: shape(opening) },
  { kind: 'ending', shape: shape(ending) },
];

/** Which part of a sentence is in the run. */
type Part = 'whole' | 'beginning' | 'end';

/** The kind of sentence that these words can be the given part of; a body sentence before the rarer ones. */
function kindOf(words: readonly string[], part: Part): Kind | undefined {
  const found = shapes.find(({ shape }) => {
    if (part === 'whole' ? shape.length !== words.length : shape.length < words.length) return false;
    const skipped = part === 'end' ? shape.length - words.length : 0;
    return words.every((word, i) => shape[skipped + i]!.has(word));
  });
  return found?.kind;
}

/** All ways in which a sentence of that kind can have the given part at these positions. */
function readings(kind: Kind, part: Part, positions: readonly number[]): readonly Reading[] {
  const lengths = kind === 'body' ? bodyLengths : [(kind === 'opening' ? opening : ending).length];
  const n = positions.length;
  return lengths
    .filter((length) => (part === 'whole' ? length === n : length >= n))
    .map((length) => {
      const outside = new Array<number>(length - n).fill(unseen);
      return { weight: 1, positions: part === 'end' ? [...outside, ...positions] : [...positions, ...outside] };
    });
}

/**
 * The sentences of a run. The first may lack its beginning and the last its end; how much is missing is not known.
 * Undefined when the grammar has no such text.
 */
export function readSentences({ words, positions }: Run): readonly Sentence[] | undefined {
  const sentences: Sentence[] = [];
  for (let start = 0; start < words.length; ) {
    const stop = words.indexOf('.', start);
    const end = stop < 0 ? words.length : stop + 1;
    const piece = words.slice(start, end);
    const parts: readonly Part[] = stop < 0 ? ['beginning'] : start === 0 ? ['whole', 'end'] : ['whole'];
    const part = parts.find((candidate) => kindOf(piece, candidate) !== undefined);
    if (part === undefined) return undefined;
    const kind = kindOf(piece, part)!;
    sentences.push({ kind, readings: readings(kind, part, positions.slice(start, end)) });
    start = end;
  }
  return sentences;
}

/** The same sentence with its end open: it begins at the position and goes on as long as it likes. */
export function openEnd(kind: Kind, start: number): Sentence {
  const longest = Math.max(...bodyLengths, opening.length, ending.length);
  const from = Array.from({ length: longest }, (_, i) => start + i);
  const lengths = kind === 'body' ? bodyLengths : [(kind === 'opening' ? opening : ending).length];
  return { kind, readings: lengths.map((length) => ({ weight: 1, positions: from.slice(0, length) })) };
}
