import { describe, expect, test } from 'vitest';
import ScoreSteps from '../../src/figures/ScoreSteps.svelte';
import { describeScores, signed, tabulateScores } from '../../src/figures/score-steps.ts';
import { specimens } from '../../src/figures/specimens/score-steps.ts';
import { drawn, fileOf } from './drawn.ts';

const three = specimens['three rows']!;

describe('scores as steps', () => {
  test.each(Object.keys(specimens))('are drawn: %s', async (name) => {
    await expect(drawn(ScoreSteps, specimens[name]!)).toMatchFileSnapshot(fileOf('score-steps', name));
  });
  test('say each score and how far it is from the other', () => {
    expect(describeScores(three)).toBe(
      'score, from the old to the new: a first task 79.56, +3.26; where it begins 77; ' +
        'one with a long name, and worse 80.5, −0.5.',
    );
    expect(tabulateScores(three).rows[1]).toEqual(['where it begins', 77, '']);
    expect([1.4, -2, 3.26].map(signed)).toEqual(['+1.4', '−2', '+3.26']);
  });
});
