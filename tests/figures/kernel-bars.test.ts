import { describe, expect, test } from 'vitest';
import KernelBars from '../../src/figures/KernelBars.svelte';
import { describeKernels, layoutKernels, tabulateKernels } from '../../src/figures/kernel-bars.ts';
import { specimens } from '../../src/figures/specimens/kernel-bars.ts';
import { drawn, fileOf } from './drawn.ts';

const two = specimens['two kernels of a word']!;
const fixed = specimens['one for all places']!;

describe('kernels as bars', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(KernelBars, specimens[name]!)).toMatchFileSnapshot(fileOf('kernel-bars', name));
  });
  test('say where each of them gathers most', () => {
    expect(describeKernels(two)).toBe('head 1: most at 1 before (busy), 60 % and head 2: most at itself (as), 30 %.');
    expect(describeKernels(fixed)).toBe('number 1: most at 1 before (−1), 0.40.');
  });
  test('have a table twin with a row a neighbour', () => {
    expect(tabulateKernels(two).rows[3]).toEqual(['1 before', 'busy', '60 %', '10 %']);
    expect(tabulateKernels(fixed).rows[8]).toEqual(['4 after', '4', '−0.30']);
  });
  test('are of one scale, stand on one line, and keep within the width', () => {
    for (const width of [320, 560, 900])
      for (const specimen of Object.values(specimens)) {
        const { charts, step, height } = layoutKernels(specimen, width, 14);
        for (const { bars, zero } of charts) {
          expect(bars.at(-1)!.x + step).toBeLessThanOrEqual(width + step * 0.2);
          expect(zero).toBeLessThan(height);
        }
      }
    const { charts } = layoutKernels(two, 720, 14);
    expect(charts[0]!.bars[3]!.height / charts[1]!.bars[4]!.height).toBeCloseTo(2, 6);
    const [least] = layoutKernels({ ...two, most: 1.2 }, 720, 14).charts;
    expect(charts[0]!.bars[3]!.height / least!.bars[3]!.height).toBeCloseTo(2, 6);
    const [below] = layoutKernels(fixed, 420, 14).charts;
    expect(below!.bars[8]!.y).toBe(below!.zero);
  });
});
