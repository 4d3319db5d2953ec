import { expect, test } from 'vitest';
import { drawRows, numbers, placesPerRow, syllables } from '../../src/text/corpora/where-it-stands/rows.ts';

const rows = drawRows()
  .split('\n\n')
  .map((row) => row.split(' '));

test('a row of this text has one number, and it tells in which pair of places it stands', () => {
  for (const words of rows) {
    expect(words).toHaveLength(placesPerRow);
    const known = words.flatMap((word, place) =>
      syllables.some((one) => one === word) ? [] : [[word, place] as const],
    );
    expect(known).toHaveLength(1);
    const [word, place] = known[0]!;
    expect((numbers as readonly string[]).indexOf(word!)).toBe(Math.floor(place / 2));
  }
});

test('the number stands everywhere alike, and what surrounds it tells nothing of it', () => {
  const counts = numbers.map((number) => rows.filter((words) => words.includes(number)).length);
  expect(Math.min(...counts)).toBeGreaterThan(0.85 * (rows.length / numbers.length));
  // Of each number the syllable before it is any of the eight, about equally often.
  for (const number of numbers) {
    const before = rows.flatMap((words) => (words.includes(number) ? (words[words.indexOf(number) - 1] ?? []) : []));
    const most = Math.max(...syllables.map((one) => before.filter((word) => word === one).length));
    expect(most / before.length).toBeLessThan(0.2);
  }
});
