// The grammar as data: what can be said, and how often. The generator (`story.ts`) and the exact sums (`circuit` and
// its readers) both work from these tables, so they cannot disagree.

const words = (text: string): readonly string[] => text.split(' ');
const pairs = (text: string): readonly (readonly [string, string])[] =>
  text.split(', ').map((pair) => words(pair) as unknown as readonly [string, string]);

/** The first `sheHeroes` are "she", the others "he". */
export const heroes = words('mira nora suki ida zara lila tom omar leo hugo ben max');
export const sheHeroes = 6;
export const places = words('farm harbor forest garden market mountain castle school');
/** Six nouns a place, in the order of `places`. */
export const nouns: readonly (readonly string[])[] = [
  words('cow hen goat tractor barn scarecrow'),
  words('boat gull crab sailor captain ferry'),
  words('deer pine mushroom stream beetle ranger'),
  words('rose tulip butterfly gardener fountain pond'),
  words('baker cheese basket melon grocer stall'),
  words('cave cliff climber glacier snowman waterfall'),
  words('king queen knight dragon tower moat'),
  words('teacher desk pencil drum choir globe'),
];
export const weekdays = words('monday tuesday wednesday thursday friday saturday sunday');
export const weathers = words('sunny rainy snowy windy');
export const foods = words('berries honey fish seeds');
/** The animal that a weather (row) and a food (column) call for. */
export const animals: readonly (readonly string[])[] = [
  words('tortoise bear cat squirrel'),
  words('snail toad duck mouse'),
  words('fox badger penguin rabbit'),
  words('hedgehog raccoon pelican sparrow'),
];
export const similes = pairs(
  'busy bee, brave lion, proud peacock, gentle lamb, stubborn mule, happy lark, light feather, fresh daisy, hungry wolf, snug bug',
);
export const cities = pairs(
  'new york, los angeles, hong kong, cape town, buenos aires, tel aviv, san marino, costa rica',
);
export const colours = words('golden silver red blue green purple');
export const objects = words('kite key trumpet lantern whistle violin');
export const ends = words('dinner bedtime dark');

/** Share of the days that are named (`on tuesday`); the others are `one day`. */
export const datedShare = 0.9;
/** Share of the days that are the weekday after the last one; the others are any of the seven. */
export const followingShare = 0.9;
/** Share of the animals that are the one called for; the others are any of the sixteen. */
export const fittingShare = 0.9;

export type Slot =
  | 'HERO'
  | 'PLACE'
  | 'NOUN'
  | 'PRONOUN'
  | 'WEATHER'
  | 'ANIMAL'
  | 'FOOD'
  | 'ADJECTIVE'
  | 'SIMILE'
  | 'CITY1'
  | 'CITY2'
  | 'COLOUR'
  | 'OBJECT'
  | 'END';
/** Fixed words in lower case, slots in capitals. */
export type Template = readonly string[];

export const isSlot = (word: string): word is Slot => /^[A-Z]/.test(word);

export const opening: Template = words('once upon a time , HERO lived in CITY1 CITY2 and lost a COLOUR OBJECT .');
export const ending: Template = words('at last , HERO found the COLOUR OBJECT and went home to CITY1 CITY2 .');
/** What may follow the two words that name the day, and how often. */
export const frames: readonly { readonly share: number; readonly template: Template }[] = [
  { share: 0.25, template: words(', it was WEATHER , so the ANIMAL looked for FOOD near the PLACE .') },
  { share: 0.2, template: words(', HERO went to the PLACE and saw a NOUN .') },
  { share: 0.2, template: words(', HERO felt as ADJECTIVE as a SIMILE at the PLACE .') },
  { share: 0.15, template: words(', a letter came to the PLACE from CITY1 CITY2 .') },
  { share: 0.2, template: words(', PRONOUN danced with the NOUN at the PLACE until END .') },
];

const unique = (...lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];

const fixed = (...templates: readonly Template[]): readonly string[] =>
  unique(templates.flat().filter((word) => !isSlot(word)));

const dayTemplates: readonly Template[] = [
  words('on one day'),
  ...frames.map(({ template }) => template),
  words('she he'),
];

/** Words and punctuation that the templates fix, the pronouns among them: they carry no content. */
export const functionWords: readonly string[] = fixed(opening, ending, ...dayTemplates);

const dayContent = [
  heroes,
  places,
  nouns.flat(),
  weekdays,
  weathers,
  foods,
  animals.flat(),
  similes.flat(),
  cities.flat(),
];

/** Every word of a story without its opening and its ending, each once. */
export const dayWords: readonly string[] = unique(fixed(...dayTemplates), ...dayContent, ends);

/** Every word of the grammar, each once. */
export const allWords: readonly string[] = unique(functionWords, ...dayContent, colours, objects, ends);
