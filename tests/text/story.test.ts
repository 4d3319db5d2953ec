import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allWords, functionWords } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { drawStory, drawWindow } from '../../src/text/corpora/lost-and-found/story.ts';
import golden from '../fixtures/lost-and-found.json' with { type: 'json' };
import { mulberry } from '../support/mulberry.ts';

const sample = (name: string) => readFileSync(new URL(`../fixtures/${name}.txt`, import.meta.url), 'utf8').trim();
const stories = (seed: number, days: number, count: number) => {
  const chance = mulberry(seed);
  return Array.from({ length: count }, () => drawStory(chance, days).join('\n')).join('\n\n');
};

test('the generator tells the stories of the reference, short and long', () => {
  expect(stories(2026, 8, 40)).toBe(sample('lost-and-found-d8-seed2026'));
  expect(stories(7, 40, 20)).toBe(sample('lost-and-found-d40-seed7'));
});

test('a window is two sentences of one story, as in the reference', () => {
  expect(golden.windows.length).toBeGreaterThan(0);
  for (const { seed, sentences } of golden.windows) expect(drawWindow(mulberry(seed), 2)).toEqual(sentences);
});

test('the grammar has 187 words, of which 37 are fixed', () => {
  expect(allWords.length).toBe(187);
  expect(functionWords.length).toBe(37);
  expect(functionWords).toContain('.');
  expect(functionWords).not.toContain('monday');
});
