import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { lengthsOf } from '../../../src/panels/stages/mlm/lengths.ts';
import { type Data, prepare, recipeOf } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});
const counted = (ngram: number) =>
  lengthsOf(
    data.heldOut,
    data.vocabulary,
    { ...recipeOf(defaultRun), noisingOptions: {} },
    { rows: 500, ngram },
    createRng('lengths'),
  );

describe('the lengths of runs', () => {
  it('follow 6 : 3 : 2', () => {
    const { bars } = counted(3);
    const total = bars.reduce((sum, { count }) => sum + count, 0);
    expect(bars.map(({ law }) => law)).toEqual([6, 3, 2].map((n) => expect.closeTo(n / 11, 12)));
    // Five standard deviations of a share of so many draws.
    for (const { count, law } of bars) expect(Math.abs(count / total - law!)).toBeLessThan(2.5 / Math.sqrt(total));
  });
  it('hide exactly as many tokens as one by one, but side by side', () => {
    const { holes, single, tokens } = counted(3);
    expect(holes.count).toBe(single.count);
    expect(Math.abs(holes.count / tokens - 0.15)).toBeLessThan(0.01);
    expect(holes.beside).toBeGreaterThan(1.5 * single.beside);
  });
  it('of one word are all holes there are', () => {
    const { bars, holes, single } = counted(1);
    expect(bars).toEqual([{ label: '1', count: holes.count, law: 1 }]);
    expect(holes).toEqual(single);
  });
});
