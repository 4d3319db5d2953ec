import { describe, expect, test } from 'vitest';
import StreamTowers from '../../src/figures/StreamTowers.svelte';
import { specimens } from '../../src/figures/specimens/stream-towers.ts';
import { describeStreams, holdersOfTarget, isTold, keysOf, tabulateStreams } from '../../src/figures/streams.ts';
import { drawn, fileOf } from './drawn.ts';

const two = specimens['two streams']!;
const own = specimens['asked at its own place']!;
const before = specimens['asked where the word before was read']!;

describe('the towers of two streams', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(StreamTowers, specimens[name]!)).toMatchFileSnapshot(fileOf('stream-towers', name));
  });
  test('look at what comes before in the order, an earlier target among it, and not at the word itself', () => {
    expect(keysOf(two)).toEqual([0, 1, 2, 3, 4, 6, 7]);
    expect(keysOf({ ...two, target: 4 })).toEqual([0, 1, 2, 3, 6, 7]);
  });
  test('tell the word to whoever answers at its own place, and to no query stream', () => {
    expect([two, { ...two, target: 4 }, own, before].map(isTold)).toEqual([false, false, true, false]);
  });
  test('let a word come to those that are read after it', () => {
    expect(holdersOfTarget({ ...two, target: 4 }).map((row) => row.flatMap((held, i) => (held ? [i] : [])))).toEqual([
      [4],
      [4, 5],
      [4, 5],
    ]);
  });
  test('say in words who is asked, and whether it knows the answer', () => {
    expect(describeStreams(two)).toBe(
      'york (5) is asked of its query stream, which holds nothing of that word. In each of 2 layers it looks at 7 positions; 1 position of the content stream holds the word in the end.',
    );
    expect(describeStreams(own)).toContain(
      'new (4) is asked of the content stream of new (4), which holds that word already.',
    );
  });
  test('have a table twin with a row a position', () => {
    expect(tabulateStreams({ ...two, target: 4 }).rows.slice(4, 6)).toEqual([
      [4, 'new', 'no', 'input, after layer 1 and after layer 2'],
      [5, 'york', 'no', 'after layer 1 and after layer 2'],
    ]);
  });
});
