import { createRng } from '../../../core/rng.ts';

/** What stands anywhere and says nothing. */
export const syllables = ['ba', 'be', 'bi', 'bo', 'da', 'de', 'di', 'do'] as const;

/** Word k stands at place 2k or 2k + 1 of a row, counted from 0, and at no other. */
export const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'] as const;

export const placesPerRow = 2 * numbers.length;
const rows = 4000;

/** A text of rows, each a document of its own: always the same. */
export function drawRows(): string {
  const rng = createRng('where it stands');
  const drawn = Array.from({ length: rows }, () => {
    const words: string[] = Array.from({ length: placesPerRow }, () => syllables[rng.int(syllables.length)]!);
    const place = rng.int(placesPerRow);
    words[place] = numbers[Math.floor(place / 2)]!;
    return words.join(' ');
  });
  return drawn.join('\n\n');
}
