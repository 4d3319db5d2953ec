// The probability of one sentence as nodes of a circuit, for every value of what it shares with its story.
import { type Builder, type Node, one } from './circuit.ts';
import {
  animals,
  cities,
  colours,
  datedShare,
  ending,
  ends,
  fittingShare,
  foods,
  frames,
  heroes,
  isSlot,
  nouns,
  objects,
  opening,
  places,
  type Slot,
  sheHeroes,
  similes,
  type Template,
  weathers,
  weekdays,
} from './grammar.ts';

/** One way a sentence may lie in the sequence: the position of each of its words, `unseen` for words outside. */
export interface Reading {
  readonly weight: number;
  readonly positions: readonly number[];
}
export const unseen = -1;

export type Kind = 'opening' | 'body' | 'ending';

/** A sentence and the ways it may lie; the grammar's words by id. */
export interface Sentence {
  readonly kind: Kind;
  readonly readings: readonly Reading[];
}

/** Words of a body sentence before its frame: `on tuesday` or `one day`. */
export const dateLength = 2;
/** Lengths that a body sentence can have. */
export const bodyLengths: readonly number[] = [...new Set(frames.map(({ template }) => template.length + dateLength))];

/** A leaf for a word at a position; certain when the position is unseen. */
export type WordAt = (position: number, word: string) => Node;

/** How likely the body sentence is: `cells[hero][place]`, given all else summed out, apart from its date. */
export type Cells = readonly (readonly Node[])[];

/** What an opening or an ending says: a node for each value of what is hidden. */
export interface Edge {
  readonly fixed: Node;
  readonly hero: readonly Node[];
  readonly city: readonly Node[];
  readonly colour: readonly Node[];
  readonly object: readonly Node[];
}

/** `dates[weekday]`: how likely the two words of the date are. */
export function dates(builder: Builder, at: WordAt, [first, second]: readonly number[]): readonly Node[] {
  const named = at(first!, 'on');
  const unnamed = builder.product([at(first!, 'one'), at(second!, 'day')]);
  return weekdays.map((day) =>
    builder.sum([builder.product([named, at(second!, day)]), unnamed], [datedShare, 1 - datedShare]),
  );
}

/** One reading of a body sentence, all frames of its length together. */
export function bodyCells(builder: Builder, at: WordAt, { weight, positions }: Reading): Cells {
  const rest = positions.slice(dateLength);
  const parts = frames
    .filter(({ template }) => template.length === rest.length)
    .map(({ share, template }) => frameCells(builder, at, template, rest, share * weight));
  return addCells(builder, parts);
}

/** Cell by cell; what depends on no hero stays one node for all of them. */
export function addCells(builder: Builder, parts: readonly Cells[]): Cells {
  if (parts.length === 1) return parts[0]!;
  const known = new Map<string, readonly Node[]>();
  return heroes.map((_, hero) => {
    const rows = parts.map((cells) => cells[hero]!);
    const key = rows.map(([first]) => first).join();
    const sums =
      known.get(key) ??
      places.map((_, place) =>
        builder.sum(
          rows.map((row) => row[place]!),
          1,
        ),
      );
    known.set(key, sums);
    return sums;
  });
}

function frameCells(
  builder: Builder,
  at: WordAt,
  template: Template,
  positions: readonly number[],
  share: number,
): Cells {
  const position = (slot: Slot): number | undefined =>
    template.includes(slot) ? positions[template.indexOf(slot)] : undefined;
  const mean = (nodes: readonly Node[]): Node => builder.sum(nodes, 1 / nodes.length);
  const told = builder.product([
    ...fixedWords(at, template, positions),
    weatherAnimalFood(builder, at, position('WEATHER'), position('ANIMAL'), position('FOOD')),
    pair(builder, at, similes, position('ADJECTIVE'), position('SIMILE')),
    pair(builder, at, cities, position('CITY1'), position('CITY2')),
    oneOf(position('END'), (end) => mean(ends.map((word) => at(end, word)))),
  ]);
  const common = builder.sum([told], [share]);
  const byPlace = places.map((place, i) =>
    builder.product([
      common,
      oneOf(position('PLACE'), (where) => at(where, place)),
      oneOf(position('NOUN'), (where) => mean(nouns[i]!.map((noun) => at(where, noun)))),
    ]),
  );
  const byHero = heroes.map((hero, i) =>
    builder.product([
      oneOf(position('HERO'), (where) => at(where, hero)),
      oneOf(position('PRONOUN'), (where) => at(where, i < sheHeroes ? 'she' : 'he')),
    ]),
  );
  const rows = new Map(byHero.map((hero) => [hero, byPlace.map((place) => builder.product([hero, place]))]));
  return byHero.map((hero) => rows.get(hero)!);
}

/** A slot that the frame has not adds nothing. */
const oneOf = (position: number | undefined, node: (position: number) => Node): Node =>
  position === undefined ? one : node(position);

const fixedWords = (at: WordAt, template: Template, positions: readonly number[]): Node[] =>
  template.flatMap((word, i) => (isSlot(word) ? [] : [at(positions[i]!, word)]));

/** The animal that weather and food call for, or any of the sixteen. */
function weatherAnimalFood(builder: Builder, at: WordAt, weatherAt?: number, animalAt?: number, foodAt?: number): Node {
  if (weatherAt === undefined || animalAt === undefined || foodAt === undefined) return one;
  const all = animals.flat().map((animal) => at(animalAt, animal));
  const any = builder.sum(all, 1 / all.length);
  const combinations = weathers.flatMap((weather, i) =>
    foods.map((food, j) =>
      builder.product([
        at(weatherAt, weather),
        at(foodAt, food),
        builder.sum([at(animalAt, animals[i]![j]!), any], [fittingShare, 1 - fittingShare]),
      ]),
    ),
  );
  return builder.sum(combinations, 1 / combinations.length);
}

/** Two words that are drawn together. */
function pair(
  builder: Builder,
  at: WordAt,
  list: readonly (readonly [string, string])[],
  firstAt?: number,
  secondAt?: number,
): Node {
  if (firstAt === undefined || secondAt === undefined) return one;
  const nodes = list.map(([first, second]) => builder.product([at(firstAt, first), at(secondAt, second)]));
  return builder.sum(nodes, 1 / list.length);
}

/** The one reading of an opening or an ending. */
export function edge(builder: Builder, at: WordAt, kind: 'opening' | 'ending', { weight, positions }: Reading): Edge {
  const template = kind === 'opening' ? opening : ending;
  const where = (slot: Slot): number => positions[template.indexOf(slot)]!;
  const fixed = builder.product(fixedWords(at, template, positions));
  return {
    fixed: builder.sum([fixed], [weight]),
    hero: heroes.map((hero) => at(where('HERO'), hero)),
    city: cities.map(([first, second]) => builder.product([at(where('CITY1'), first), at(where('CITY2'), second)])),
    colour: colours.map((colour) => at(where('COLOUR'), colour)),
    object: objects.map((object) => at(where('OBJECT'), object)),
  };
}
