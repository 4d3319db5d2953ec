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

test('a sentence that is too long is cut into windows, so that each of its tokens appears', () => {
  const tokens = times(32, (i) => 5 + i);
  const long = [{ sentences: [[40, 41], tokens, [42]] }];
  const cut = [tokens.slice(0, 10), tokens.slice(10, 20), tokens.slice(20, 30), tokens.slice(30)];
  for (const anywhere of [true, false]) {
    const found = times(400, (seed) => window(seed, { maxLength: 12, anywhere }, long));
    expect(new Set(found.map(({ a }) => a.join()))).toEqual(new Set([[40, 41], ...cut, [42]].map((a) => a.join())));
    expect(new Set(found.map(({ origin }) => origin![0]!.skip))).toEqual(new Set([0, 10, 20, 30]));
  }
});

test('so are sentences that are too long together', () => {
  const two = [{ sentences: [times(7, (i) => i), times(9, (i) => 20 + i)] }];
  const found = times(100, (seed) => window(seed, { maxLength: 12, sentences: 2, anywhere: false }, two));
  expect(new Set(found.flatMap(({ a }) => a))).toEqual(new Set(two[0]!.sentences.flat()));
  expect(new Set(found.map(({ origin }) => JSON.stringify(origin)))).toEqual(
    new Set(['[{"document":0,"first":0,"last":1,"skip":0}]', '[{"document":0,"first":1,"last":1,"skip":3}]']),
  );
});

test('windows that lie end to end count alike, however many of them a document has', () => {
  const documents = [{ sentences: times(10, (i) => times(9, () => i)) }, { sentences: [[20], [21], [22]] }];
  for (const changed of [{ anywhere: false }, { anywhere: false, sentences: 2 }]) {
    const options = { ...objective.defaults, maxLength: 12, ...changed };
    const drawn = times(6000, (seed) => {
      const { steps } = objective.draw(documents, options, toy, createRng(seed));
      return JSON.stringify(steps.map(({ chance: _, ...step }) => step));
    });
    const counts = [...new Set(drawn)].map((one) => drawn.filter((other) => other === one).length);
    expectChiSquare(
      counts,
      counts.map(() => drawn.length / counts.length),
      70,
    );
  }
});

test('no text is told in a sentence', () => {
  expect(() => window(1, {}, [])).toThrow('The text has no sentence to take a window from; choose or paste some text.');
});
