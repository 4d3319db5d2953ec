import { describe, expect, test } from 'vitest';
import EvidenceBars from '../../src/figures/EvidenceBars.svelte';
import { bitsText, describeEvidence, layoutEvidence, tabulateEvidence } from '../../src/figures/evidence.ts';
import { specimens } from '../../src/figures/specimens/evidence-bars.ts';
import { drawn, fileOf } from './drawn.ts';

const whole = specimens['three for it']!;
const out = specimens['ruled out']!;

describe('the bars of evidence', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(EvidenceBars, specimens[name]!)).toMatchFileSnapshot(fileOf('evidence-bars', name));
  });
  test('say in one sentence what each clue adds and what is true', () => {
    expect(describeEvidence(whole)).toBe(
      'Evidence for “B follows A”: place +3.00 bits, hero +1.00 bits and weekday +2.68 bits. ' +
        'Together +6.68 bits, 99 %. True: B follows A.',
    );
    expect(describeEvidence(out)).toContain('place rules it out, hero 0 bits and weekday −3.32 bits');
  });
  test('lie on the side they speak for, as long as they count, and at the edge where they decide', () => {
    const { rows, zero, from, to } = layoutEvidence(whole, 620, 15);
    expect(rows.every(({ bar }) => bar.x === zero)).toBe(true);
    expect(rows[0]!.bar.width / rows[1]!.bar.width).toBeCloseTo(3, 9);
    const ruled = layoutEvidence(out, 330, 15);
    expect(ruled.rows[0]).toMatchObject({ beyond: 'no', bar: { x: from } });
    expect(ruled.rows[2]!.bar.x + ruled.rows[2]!.bar.width).toBeCloseTo(ruled.zero, 9);
    expect(to).toBeLessThan(620);
  });
  test('of a covered clue are not there', () => {
    expect(layoutEvidence(specimens['one covered']!, 620, 15).rows[0]).toMatchObject({
      value: 'covered',
      bar: { width: 0 },
    });
  });
  test('have a table twin with a row a clue, and one for all', () => {
    expect(tabulateEvidence(whole).rows).toEqual([
      ['place', 'castle', 'dragon, castle', '+3.00 bits', 'yes'],
      ['hero', 'nora', 'she', '+1.00 bits', 'yes'],
      ['weekday', 'monday', 'tuesday', '+2.68 bits', 'yes'],
      ['together', '', '', '+6.68 bits, 99 %', ''],
    ]);
    expect([0, 1e-9, Number.POSITIVE_INFINITY].map(bitsText)).toEqual(['0 bits', '0 bits', 'proves it']);
  });
});
