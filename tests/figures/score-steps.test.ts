import { describe, expect, test } from 'vitest';
import ScoreSteps from '../../src/figures/ScoreSteps.svelte';
import { describeScores, marksOf, signed, tabulateScores } from '../../src/figures/score-steps.ts';
import { specimens } from '../../src/figures/specimens/score-steps.ts';
import { drawn, fileOf } from './drawn.ts';

const three = specimens['three rows']!;

describe('scores as steps', () => {
  test.each(Object.keys(specimens))('are drawn: %s', async (name) => {
    await expect(drawn(ScoreSteps, specimens[name]!)).toMatchFileSnapshot(fileOf('score-steps', name));
  });
  test('say each score and how far it is from the other', () => {
    expect(describeScores(three)).toBe(
      'score, from the old to the new: a first task from 76.3 to 79.56, +3.26; where it begins 77; ' +
        'one with a long name, and worse from 81 to 80.5, −0.5.',
    );
    expect(tabulateScores(three).rows[1]).toEqual(['where it begins', '', 77, '']);
    expect([1.4, -2, 3.26].map(signed)).toEqual(['+1.4', '−2', '+3.26']);
  });
  test('both scores stand below their dots, in one where they would touch, and never outside', () => {
    const x = (score: number) => score;
    expect(marksOf({ name: '', from: 20, to: 120 }, x, 12, 300).map(({ text }) => text)).toEqual(['20', '120']);
    expect(marksOf({ name: '', from: 118, to: 120 }, x, 12, 300)).toEqual([{ text: '118 → 120', at: 119 }]);
    expect(marksOf({ name: '', to: 298 }, x, 12, 300)[0]!.at).toBeLessThan(298);
  });
});
