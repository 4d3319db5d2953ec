import { expect, test } from 'vitest';
import { digest } from '../../src/core/digest.ts';
import { keyOf, runFrom } from '../../src/training/settings.ts';

test('texts of one length have digests of their own, the same each time', () => {
  const texts = Array.from({ length: 10_000 }, (_, i) => `text ${String(i).padStart(5, '0')} of many`);
  expect(new Set(texts.map(digest)).size).toBe(10_000);
  expect(digest(texts[7]!)).toBe(digest(texts.at(7)!));
});

test('the key of a run is short however long its text, and another text has another key', () => {
  const keys = ['a', 'b'].map((end) => keyOf(runFrom({ corpus: 'own', ownText: 'long '.repeat(100_000) + end })));
  expect(keys[0]).not.toBe(keys[1]);
  expect(keys[0]!.length).toBeLessThan(200);
});
