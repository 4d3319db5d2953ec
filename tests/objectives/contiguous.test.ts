import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { objective } from '../../src/objectives/contiguous/index.ts';
import { expectChiSquare, times } from '../support/statistics.ts';
import { stories } from '../support/stories.ts';
import { toy, words } from '../support/toy-vocabulary.ts';

const window = (seed: number, changed: object = {}, documents = stories) => {
  const options = { ...objective.defaults, maxLength: 16, ...changed };
  return objective.apply(documents, objective.draw(documents, options, toy, createRng(seed)));
};

test('a window of two sentences holds two consecutive sentences of one document', () => {
  const found = new Set(times(200, (seed) => words(window(seed, { sentences: 2 }).a)));
  expect(found).toEqual(
    new Set([
      'the cat sat . it was big .',
      'it was big . the cat ran .',
      'the cat ran . it ran far .',
      'the sun rose . it was hot .',
      'it was hot . the city was red .',
      'new york is big . a dog sat on the rug .',
    ]),
  );
});

test('a window that fills the sequence takes as many whole sentences as fit', () => {
  const found = new Set(times(300, (seed) => words(window(seed).a)));
  expect(found).toContain('the cat sat . it was big . the cat ran .');
  expect(found).toContain('it ran far .');
  expect(found).toContain('the sun rose . it was hot . the city was red .');
});

test('every sentence begins a window equally often', () => {
  const counts = new Array<number>(9).fill(0);
  const before = [0, 4, 7];
  for (const seed of times(3600, (i) => i)) {
    const { document, first } = window(seed).origin![0]!;
    counts[before[document]! + first]! += 1;
  }
  expectChiSquare(counts, new Array<number>(9).fill(400), 31.83);
});

test('windows end to end are the same few again and again', () => {
  const found = new Set(times(300, (seed) => words(window(seed, { anywhere: false, maxLength: 12 }).a)));
  expect(found).toEqual(
    new Set([
      'the cat sat . it was big .',
      'the cat ran . it ran far .',
      'the sun rose . it was hot .',
      'the city was red .',
      'new york is big .',
      'a dog sat on the rug .',
    ]),
  );
});

test('a sentence that is too long is cut at its end', () => {
  const [long] = [{ sentences: [times(30, (i) => 5 + (i % 20))] }];
  expect(window(1, { maxLength: 12 }, [long!]).a).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
});

test('no text is told in a sentence', () => {
  expect(() => window(1, {}, [])).toThrow('The text has no sentence to take a window from; choose or paste some text.');
});
