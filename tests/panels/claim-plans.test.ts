import { expect, test } from 'vitest';
import { experimentOf } from '../../src/app/experiments.ts';
import { plansOf } from '../../src/panels/claim-plans.ts';

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
