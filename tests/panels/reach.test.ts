import { describe, expect, test } from 'vitest';
import { countIn, tally } from '../../src/figures/reach.ts';
import { patternsOfHead, reasonsOf } from '../../src/panels/blocks.ts';
import { hopsBetween, isOpen, reachOverBlocks, reachWithMemory } from '../../src/panels/reach.ts';

const segments = { tokens: 160, segment: 32, memory: 32 };

describe('what an answer can reach', () => {
  test('a key is open in its own segment up to the query, and in the memory before it', () => {
    const open = Array.from({ length: 160 }, (_, j) => j).filter((j) => isOpen(70, j, segments));
    expect([open[0], open.at(-1)]).toEqual([32, 70]);
  });
  test.each([
    [32, 2],
    [32, 4],
    [64, 2],
  ])('with %i tokens kept and %i layers it goes back by their product before its segment', (memory, layers) => {
    const [input] = reachWithMemory({ ...segments, memory }, layers, 159);
    expect(input!.findIndex(Boolean)).toBe(128 - memory * layers);
  });
  test('without a memory it ends at the border; with one of 128 the whole story is read at once', () => {
    expect(tally(reachWithMemory({ ...segments, memory: 0 }, 2, 140)[0]!)).toEqual({ gradient: 13, read: 0, relay: 0 });
    const [input, middle] = reachWithMemory({ ...segments, memory: 128 }, 2, 140);
    expect(tally(middle!)).toEqual({ gradient: 13, read: 128, relay: 0 });
    expect(countIn(input!)).toBe(141);
  });
  test('what is reached by relay alone has no gradient', () => {
    const [input] = reachWithMemory(segments, 2, 159);
    expect(tally(input!)).toEqual({ gradient: 32, read: 32, relay: 32 });
  });
});

describe('what blocks can reach', () => {
  const choice = { blocks: 21, random: 1 };
  test('neighbours alone go a block a layer; first and last bring any two together in two', () => {
    const window = patternsOfHead({ ...choice, parts: 'window' }, 2, 0);
    expect(countIn(reachOverBlocks(window, 10).rows[0]!)).toBe(5);
    expect(hopsBetween(window[0]!, 18, 3)).toBe(15);
    const global = patternsOfHead({ ...choice, parts: 'global' }, 2, 0);
    expect(hopsBetween(global[0]!, 18, 3)).toBe(2);
    expect(hopsBetween(global[0]!, 18, 0)).toBe(1);
    expect(countIn(reachOverBlocks(global, 10).rows[0]!)).toBe(21);
  });
  test('each block has a reason for what it reads, and each random one is another than its neighbours', () => {
    const cells = reasonsOf({ ...choice, parts: 'paper' }, 0, 0);
    cells.slice(2, -2).forEach((row) => {
      expect(row.filter((one) => one === 'random')).toHaveLength(1);
      expect(row.filter(Boolean)).toHaveLength(6);
    });
    expect(reasonsOf({ ...choice, parts: 'full' }, 0, 0).flat()).toHaveLength(441);
  });
});
