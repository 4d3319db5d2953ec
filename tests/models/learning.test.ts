import { beforeAll, expect, it } from 'vitest';
import { compare } from '../../src/checks/reference.ts';
import * as tf from '../../src/nn/tf.ts';
import { fixture } from '../support/fixtures.ts';
import { expectLearning, learningFixtures } from '../support/learning.ts';

beforeAll(() => tf.useBackend('cpu'));

it.each(learningFixtures)('the loss and its gradient at every weight are those of PyTorch: %s', expectLearning);

it('a gradient that is a hundredth off is told, and so is a loss', async () => {
  const { io, ...rest } = await fixture('bert-learning');
  const spoiled = JSON.parse(io);
  const [name, { values }] = Object.entries<{ values: number[] }>(spoiled.gradients)[3]!;
  const most = values.reduce((best, value, i) => (Math.abs(value) > Math.abs(values[best]!) ? i : best), 0);
  values[most]! *= 1.01;
  spoiled.outputs.loss += 0.01;
  const comparisons = await compare({ ...rest, io: JSON.stringify(spoiled) }, { taps: false });
  const off = comparisons.filter(({ difference, limit }) => !(difference <= limit)).map(({ output }) => output);
  expect(off).toEqual(['loss', `gradients.${name}`]);
});
