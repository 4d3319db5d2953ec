import { describe, expect, test } from 'vitest';
import { specimens } from '../../src/figures/specimens/verdicts.ts';
import Verdicts from '../../src/figures/Verdicts.svelte';
import { costOf, describeVerdicts, tabulateVerdicts } from '../../src/figures/verdicts.ts';
import { drawn, fileOf } from './drawn.ts';

describe('verdicts on a question of yes or no', () => {
  const two = specimens['two readers, it is another']!;
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(Verdicts, specimens[name]!)).toMatchFileSnapshot(fileOf('verdicts', name));
  });
  test('are said in one sentence', () => {
    expect(describeVerdicts(two)).toBe(
      'The best possible reader: 1 % for “B follows A”; The model after step 800: 41 % for “B follows A”. True: B is from another document.',
    );
  });
  test('cost what the truth was worth to them, in nats', () => {
    expect(costOf(0.25, true)).toBeCloseTo(1.3863, 4);
    expect(costOf(0.25, false)).toBeCloseTo(0.2877, 4);
    expect(tabulateVerdicts(two).rows[1]).toEqual(['The model after step 800', '41 %', '59 %', '0.528']);
  });
});
