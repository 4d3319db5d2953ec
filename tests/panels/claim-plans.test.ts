import { expect, test } from 'vitest';
import { experimentOf } from '../../src/app/experiments.ts';
import { plansOf, timeLeft } from '../../src/panels/claim-plans.ts';

test('models that are pretrained first are said to be: how long, and how long after', () => {
  expect(plansOf(experimentOf('replaced-tokens', 'race')!)).toEqual({
    steps: [120, 120],
    each: '120',
    after: ' after 330 to 359 of pretraining',
  });
});

test('of others it is said how long they are trained', () => {
  expect(plansOf(experimentOf('next-sentence', 'pair-or-packed')!)).toMatchObject({ each: '150', after: '' });
});

test('how long an experiment still takes is told by the time of what is done, and not before a few seconds', () => {
  expect(timeLeft(2, 0.1)).toBe('');
  expect(timeLeft(5, 0)).toBe('');
  expect(timeLeft(10, 0.5)).toBe('; about 10 s left');
  expect(timeLeft(60, 0.1)).toBe('; about 9 min left');
});
