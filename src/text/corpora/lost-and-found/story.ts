import {
  animals,
  cities,
  colours,
  datedShare,
  ending,
  ends,
  fittingShare,
  followingShare,
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

/** Where all chance comes from: uniform in [0, 1). The order of the draws is part of the grammar's definition. */
export type Chance = () => number;

type Fillers = Partial<Readonly<Record<Slot, string>>>;

/** What does not change within one story: indices into the grammar's lists. */
interface Hidden {
  readonly hero: number;
  readonly place: number;
}

const below = (chance: Chance, n: number): number => Math.floor(chance() * n);

const fill = (template: Template, fillers: Fillers): string =>
  template.map((word) => (isSlot(word) ? fillers[word] : word)).join(' ');

function nextDay(chance: Chance, day: number): number {
  return chance() < followingShare ? (day + 1) % weekdays.length : below(chance, weekdays.length);
}

function drawFrame(chance: Chance): Template {
  let rest = chance();
  for (const { share, template } of frames) {
    if (rest < share) return template;
    rest -= share;
  }
  return frames.at(-1)!.template;
}

/** One body sentence. Every slot is drawn, whether the frame has it or not, so that the stream stays in step. */
function bodySentence(chance: Chance, { hero, place }: Hidden, day: number): string {
  const template = drawFrame(chance);
  const weather = below(chance, weathers.length);
  const food = below(chance, foods.length);
  const simile = similes[below(chance, similes.length)]!;
  const city = cities[below(chance, cities.length)]!;
  const fits = chance() < fittingShare;
  const animal = fits ? animals[weather]![food]! : animals.flat()[below(chance, weathers.length * foods.length)]!;
  const noun = nouns[place]![below(chance, nouns[place]!.length)]!;
  const end = ends[below(chance, ends.length)]!;
  const date = chance() < datedShare ? `on ${weekdays[day]}` : 'one day';
  const sentence = fill(template, {
    HERO: heroes[hero]!,
    PRONOUN: hero < sheHeroes ? 'she' : 'he',
    PLACE: places[place]!,
    NOUN: noun,
    WEATHER: weathers[weather]!,
    FOOD: foods[food]!,
    ANIMAL: animal,
    ADJECTIVE: simile[0],
    SIMILE: simile[1],
    CITY1: city[0],
    CITY2: city[1],
    END: end,
  });
  return `${date} ${sentence}`;
}

function bodySentences(chance: Chance, hidden: Hidden, days: number): string[] {
  let day = below(chance, weekdays.length);
  return Array.from({ length: days }, (_, i) => {
    if (i > 0) day = nextDay(chance, day);
    return bodySentence(chance, hidden, day);
  });
}

/** A whole story: opening, one sentence a day, ending. */
export function drawStory(chance: Chance, days: number): string[] {
  const hero = below(chance, heroes.length);
  const place = below(chance, places.length);
  const colour = below(chance, colours.length);
  const object = below(chance, objects.length);
  const city = cities[below(chance, cities.length)]!;
  const edges: Fillers = {
    HERO: heroes[hero]!,
    COLOUR: colours[colour]!,
    OBJECT: objects[object]!,
    CITY1: city[0],
    CITY2: city[1],
  };
  return [fill(opening, edges), ...bodySentences(chance, { hero, place }, days), fill(ending, edges)];
}

/** `count` consecutive body sentences of one story, of which nothing else is seen. */
export function drawWindow(chance: Chance, count: number): string[] {
  const hero = below(chance, heroes.length);
  return bodySentences(chance, { hero, place: below(chance, places.length) }, count);
}
