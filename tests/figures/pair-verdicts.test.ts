import { describe, expect, test } from 'vitest';
import PairVerdicts from '../../src/figures/PairVerdicts.svelte';
import { describePairVerdicts, tabulatePairVerdicts } from '../../src/figures/pair-verdicts.ts';
import { specimens } from '../../src/figures/specimens/pair-verdicts.ts';
import { clipMiddle } from '../../src/figures/text.ts';
import { drawn, fileOf } from './drawn.ts';

const { pairs } = specimens.narrow!;

describe('verdicts on several pairs', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(PairVerdicts, specimens[name]!)).toMatchFileSnapshot(fileOf('pair-verdicts', name));
  });
  test('show of a long text its beginning and more of its end', () => {
    expect(clipMiddle('on monday , nora felt as brave as a lion at the castle .', 25)).toBe(
      'on mon…on at the castle .',
    );
    expect(clipMiddle('it rained .', 25)).toBe('it rained .');
    expect(clipMiddle('it rained .', 5)).toBe('i…d .');
  });
  test('fit the height there is', () => {
    const eight = Array.from({ length: 8 }, (_, i) => pairs[i % 2]!);
    const heightOf = (room?: number) =>
      Number(
        /height="([\d.]+)"/.exec(drawn(PairVerdicts, { ...specimens.narrow!, pairs: eight, size: 16.6, room }))![1],
      );
    expect(heightOf()).toBeGreaterThan(311);
    expect(heightOf(311)).toBeLessThanOrEqual(311);
  });
  test('say which are right, and hold the whole texts in their table', () => {
    expect(describePairVerdicts(pairs, 'B follows A')).toBe(
      '1 of 2 pairs judged rightly. How sure of “B follows A”: 1: 92 %, true: yes; 2: 77 %, true: no.',
    );
    expect(tabulatePairVerdicts(pairs, 'B follows A').rows[1]).toEqual([
      2,
      pairs[1]!.a,
      'it rained .',
      '77 %',
      '',
      'no',
    ]);
  });
});
