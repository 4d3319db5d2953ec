import { describe, expect, test } from 'vitest';
import CrossTable from '../../src/figures/CrossTable.svelte';
import { coloursOf, describeCross, layoutCross, tabulateCross, valueText } from '../../src/figures/cross.ts';
import { attention, diverging } from '../../src/figures/palette.ts';
import { specimens } from '../../src/figures/specimens/cross-table.ts';
import { drawn, fileOf } from './drawn.ts';

const square = specimens['two by two']!;
const changes = specimens['changes, some not measured']!;

describe('a table of everything by everything', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(CrossTable, specimens[name]!)).toMatchFileSnapshot(fileOf('cross-table', name));
  });
  test('says row by row what was measured', () => {
    expect(describeCross(changes)).toBe(
      'Rows: left out; columns: task. the question alone: QNLI −3.5, MNLI −0.5; the pairs as well: MNLI +0.7.',
    );
  });
  test('has a table twin with spread and best beside each value', () => {
    expect(tabulateCross(square).rows[0]).toEqual([
      'next sentence',
      '93.8 (± 0.5, best possible 95.8)',
      '52.1 (± 2.2)',
    ]);
    expect(tabulateCross(changes).rows[1]).toEqual(['the pairs as well', '', '+0.7']);
  });
  test('is the darker the higher a value is, and of changes coloured to either side', () => {
    expect(coloursOf(50, square).fill).toBe(attention(0));
    expect(coloursOf(20, square).fill).toBe(attention(0));
    expect(coloursOf(100, square).fill).toBe(attention(0.9));
    expect(coloursOf(4, changes).fill).toBe(diverging(0.75));
    expect(coloursOf(-4, changes).fill).toBe(diverging(-0.75));
  });
  test('keeps its cells within the width', () => {
    for (const width of [260, 330, 620, 1100]) {
      const { left, cell } = layoutCross(square, width, 15);
      expect(left + 2 * cell.width).toBeLessThanOrEqual(width + 1e-9);
    }
    expect([valueText(-0.04, true), valueText(-2), valueText(3, true)]).toEqual(['0.0', '−2.0', '+3.0']);
  });
});
