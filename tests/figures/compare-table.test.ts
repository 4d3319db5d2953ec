import { describe, expect, test } from 'vitest';
import CompareTable from '../../src/figures/CompareTable.svelte';
import { stepTo } from '../../src/figures/compare-table.ts';
import { specimens } from '../../src/figures/specimens/compare-table.ts';
import { drawn } from './drawn.ts';

const [table, cards] = Object.values(specimens).map((props) => drawn(CompareTable, props));

describe('the table of systems', () => {
  test('is reached by one press of Tab, at the cell that is looked at, and every cell says its row, column and marks', () => {
    const cells = [...table!.matchAll(/<td[\s\S]*?<\/td>/g)].map(([cell]) => ({
      tab: /tabindex="(-?\d)"/.exec(cell)![1],
      text: cell
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    }));
    expect(cells.filter(({ tab }) => tab === '0')).toEqual([
      { tab: '0', text: 'BERT large, GLUE dev: 84.0 one model' },
    ]);
    expect(cells.map(({ text }) => text).slice(6, 8)).toEqual([
      'MobileBERT student, Text: = as BERT second-hand',
      'MobileBERT student, GLUE dev: – not given',
    ]);
    expect(cells).toHaveLength(9);
  });
  test('says how it is sorted', () => {
    expect(table!.match(/aria-sort="descending"/g)).toHaveLength(1);
  });
  test('is a list of cards on a phone, without lines for what is not given', () => {
    expect(cards).not.toContain('<table');
    expect(cards!.match(/class="title/g)).toHaveLength(7);
  });
  test('arrows step from cell to cell and stop at the edge', () => {
    const size = [3, 4] as const;
    expect(stepTo('ArrowRight', [0, 0], size)).toEqual([0, 1]);
    expect(stepTo('ArrowDown', [2, 1], size)).toEqual([2, 1]);
    expect(stepTo('ArrowUp', [2, 1], size)).toEqual([1, 1]);
    expect([stepTo('Home', [1, 2], size), stepTo('End', [1, 2], size)]).toEqual([
      [1, 0],
      [1, 3],
    ]);
    expect(stepTo('Tab', [1, 2], size)).toBeUndefined();
  });
});
