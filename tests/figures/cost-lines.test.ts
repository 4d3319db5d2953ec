import { describe, expect, test } from 'vitest';
import CostLines from '../../src/figures/CostLines.svelte';
import { costText, describeCosts, layoutCosts, tabulateCosts } from '../../src/figures/cost-lines.ts';
import { specimens } from '../../src/figures/specimens/cost-lines.ts';
import { drawn, fileOf } from './drawn.ts';

const two = specimens['two ways, with a mark']!;

describe('lines of costs', () => {
  test.each(Object.keys(specimens))('are drawn: %s', async (name) => {
    await expect(drawn(CostLines, specimens[name]!)).toMatchFileSnapshot(fileOf('cost-lines', name));
  });
  test('say what each way costs at both ends', () => {
    expect(describeCosts(two)).toBe(
      'pairs of a head by tokens of a text, both axes logarithmic; at 64: every token with every other 4.1k and ' +
        'six blocks of 8 a row 3.07k; at 1,024: every token with every other 1.05M and six blocks of 8 a row 49.2k.',
    );
    expect(tabulateCosts(two).rows[0]).toEqual([64, 4096, 3072]);
    expect([0.0123, 999, 1234, 1.05e6].map(costText)).toEqual(['0.0123', '999', '1.23k', '1.05M']);
  });
  test('on logarithmic axes a power is a straight line, twice as steep for the square', () => {
    const { tracks } = layoutCosts(two, 720, 14);
    const slopes = tracks.map((track) => (track[4]![1] - track[0]![1]) / (track[4]![0] - track[0]![0]));
    expect(slopes[0]! / slopes[1]!).toBeCloseTo(2, 9);
    const [full] = tracks;
    expect((full![2]![1] - full![0]![1]) / (full![2]![0] - full![0]![0])).toBeCloseTo(slopes[0]!, 9);
  });
  test('what lines cost at the size that is spoken of stands apart, however near they are', () => {
    const near = {
      ...two.lines[0]!,
      name: 'a little more',
      points: two.lines[0]!.points.map(({ x, y }) => ({ x, y: y * 1.05 })),
    };
    const { costs, type } = layoutCosts({ ...two, lines: [two.lines[0]!, near], at: 256 }, 720, 14);
    expect(costs.map(({ text }) => text)).toEqual(['65.5k', '68.8k']);
    expect(costs[0]!.y - costs[1]!.y).toBeGreaterThan(type);
  });
  test('names stand apart inside the picture, or below it on a phone', () => {
    const { names } = layoutCosts({ ...two, lines: [two.lines[0]!, { ...two.lines[0]!, name: 'the same' }] }, 720, 14);
    expect(Math.abs(names[0]!.y - names[1]!.y)).toBeGreaterThan(12);
    expect(layoutCosts(two, 320, 14).names).toEqual([]);
  });
});
