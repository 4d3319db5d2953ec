import { expect, onTestFinished, test } from 'vitest';
import type { MapPattern } from '../../src/models/architecture.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { createProbe, headsOf } from '../../src/panels/probe.svelte.ts';
import { labOf } from './lab-tools.ts';

const own: MapPattern = {
  name: 'encoder',
  title: 'the encoder',
  rows: { of: 'input' },
  columns: { of: 'input' },
  taps: ['attention.0'],
  pattern: [],
};
const cross: MapPattern = { ...own, name: 'cross', rows: { of: 'decoder' } };
/** Two heads, three queries: each number is 100 · head + 10 · query + key. */
const shares = (keys: number) => {
  const cells = Array.from({ length: 2 * 3 * keys }, (_, i) => {
    const [head, query] = [Math.floor(i / (3 * keys)), Math.floor(i / keys) % 3];
    return 100 * head + 10 * query + (i % keys);
  });
  return { 'attention.0': { shape: [1, 2, 3, keys], data: Float32Array.from(cells) } };
};
const weightsOf = (keys: number, pattern: MapPattern) =>
  headsOf(shares(keys), [pattern], 2).map(({ weights }) => [...weights]);

test('a map is cut to the tokens of the sentence', () => {
  expect(weightsOf(3, own)).toEqual([
    [0, 1, 10, 11],
    [100, 101, 110, 111],
  ]);
});

test('behind two keys of a remembered text stand the sentence’s own', () => {
  expect(weightsOf(5, own)).toEqual([
    [2, 3, 12, 13],
    [102, 103, 112, 113],
  ]);
});

test('a look at another, longer text begins at its first key', () => {
  expect(weightsOf(5, cross)).toEqual([
    [0, 1, 10, 11],
    [100, 101, 110, 111],
  ]);
});

test('maps with rows of a few places only are left out', () => {
  expect(weightsOf(3, { ...own, rows: { of: 'input', places: [1, 2] } })).toEqual([]);
});

test.each([
  ['bert', ['[CLS]', 'the', 'cat', 'sat', '[SEP]']],
  ['none', ['the', 'cat', 'sat', 'on', 'the']],
] as const)('the sentence is cut and framed as the model reads it: %s', (frame, tokens) => {
  const bert = blueprints.bert as { frame?: 'bert' | 'none' };
  bert.frame = frame;
  onTestFinished(() => void delete bert.frame);
  const { runner, text } = labOf({ maxLength: 5 }, { taps: () => ({}) });
  const probe = createProbe(
    runner,
    () => text.data,
    () => 'the cat sat on the mat',
    () => [1],
  );
  expect(probe.tokens).toEqual(tokens);
  expect(probe.example?.labels.findIndex((label) => label >= 0)).toBe(1);
  expect(probe.example?.inputIds).toHaveLength(5);
});
