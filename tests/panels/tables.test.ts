import { expect, test } from 'vitest';
import { valuesOf, waysOf } from '../../src/panels/tables.ts';

const letters = [
  { letter: 'V', label: 'Words', value: 30_000 },
  { letter: 'E', label: 'Width', value: 128, choices: [64, 128, 768] },
];

test('a letter is turned only to what is offered, and all else is named', () => {
  expect(valuesOf(letters, { E: 64 })).toEqual({ values: { V: 30_000, E: 64 }, strays: [] });
  expect(valuesOf(letters, { E: 65, V: 7, x: 'y' })).toEqual({
    values: { V: 30_000, E: 128 },
    strays: ['E = 65', 'V = 7', 'x = y'],
  });
});

test('numbers stand in the place of letters, and an unknown letter is no size', () => {
  const ways = [{ name: 'Two', shapes: [{ name: 'words', rows: 'V', columns: 'E', rank: 'E', groups: 2 }] }];
  expect(waysOf(ways, { V: 9, E: 4 })[0]?.shapes).toEqual([{ name: 'words', rows: 9, columns: 4, rank: 4, groups: 2 }]);
  expect(() => waysOf(ways, { V: 9 })).toThrow('expected a size for E, found none among V');
});
