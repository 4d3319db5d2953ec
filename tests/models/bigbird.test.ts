import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/nn/tf.ts';
import { fixture } from '../support/fixtures.ts';
import { compareGradients } from '../support/gradients.ts';
import { compare } from '../support/reference.ts';

beforeAll(() => tf.useBackend('cpu'));
it.each(['bigbird', 'bigbird-full', 'bigbird-training', 'bigbird-random'].flatMap((n) => [`${n}-fresh`, `${n}-noise`]))(
  '%s',
  async (name) => {
    console.log(name, JSON.stringify(await compare(await fixture(name))));
  },
);
it('grad', async () => {
  console.log(await compareGradients(await fixture('bigbird-training-noise')));
});
