import type { WordClasses } from '../../classes.ts';

/** The classes of the grammar's words; what puts a word into one is said in `class-reader.ts`. */
const titles = {
  frame: 'fixed wording',
  city: 'second word of a city',
  place: 'place told twice',
  hero: 'hero named twice',
  weekday: 'weekday beside a weekday',
  simile: 'second word of a simile',
  weather: 'weather of an animal',
  food: 'food of an animal',
  animal: 'animal of weather and food',
  lost: 'what was lost, and from where, found again',
  other: 'all other words',
} as const;

export type WordClass = keyof typeof titles;

/** The classes of a text that is made of these words. */
export const classesOf = (words: () => Promise<readonly string[]>): WordClasses => ({
  titles,
  reader: async (vocabulary) => (await import('./class-reader.ts')).createClassReader(vocabulary, await words()),
});
