import type { WordClasses } from '../../classes.ts';

/** The classes of words of days; what puts a word into one is said in `class-reader.ts`. */
export const dayTitles = {
  frame: 'fixed wording',
  city: 'second word of a city',
  place: 'place told twice',
  hero: 'hero named twice',
  weekday: 'weekday beside a weekday',
  simile: 'second word of a simile',
  weather: 'weather of an animal',
  food: 'food of an animal',
  animal: 'animal of weather and food',
  other: 'all other words',
} as const;

/** The classes of words of whole stories, which also have an ending. */
export const titles = { ...dayTitles, lost: 'what was lost, and where from, told at the end' } as const;

export type WordClass = keyof typeof titles;

/** The classes of a text that is made of these words. */
export const classesOf = (titles: WordClasses['titles'], words: () => Promise<readonly string[]>): WordClasses => ({
  titles,
  reader: async (vocabulary) => (await import('./class-reader.ts')).createClassReader(vocabulary, await words()),
});
