import { expect, test } from 'vitest';
import { clipStart } from '../../src/figures/text.ts';

test('a text that is cut at its beginning begins with a whole word, if more than a mark is left of it', () => {
  expect(clipStart('the castle and', 14)).toBe('the castle and');
  expect(clipStart('the castle and', 10)).toBe('…and');
  expect(clipStart('on saturday ,', 10)).toBe('…aturday ,');
  expect(clipStart('unbelievable', 6)).toBe('…vable');
  expect(clipStart('word', 0)).toBe('');
});
