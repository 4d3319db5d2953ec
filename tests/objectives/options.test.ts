import { expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { noisings } from '../../src/objectives/catalog.ts';
import { recipeParts } from '../../src/objectives/make.ts';
import { completeOptions } from '../../src/objectives/options.ts';

function failure(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const recipe =
  (noising: string, noisingOptions: object, pairing = 'contiguous', pairingOptions: object = {}) =>
  () =>
    recipeParts({ pairing, noising, pairingOptions, noisingOptions });

test.each([
  [recipe('mlm', { rate: 1.5 }), 'rate', 'Masking rate (rate) is 1.5, but it must be between 0 and 1.'],
  [recipe('mlm', { rate: -0.1 }), 'rate', 'Masking rate (rate) is -0.1, but it must be between 0 and 1.'],
  [recipe('mlm', { rate: '0.15' }), 'rate', 'Masking rate (rate) is "0.15", but it must be between 0 and 1.'],
  [recipe('mlm', { ngram: 2.5 }), 'ngram', 'Longest run (ngram) is 2.5, but it must be a whole number from 1 to 5.'],
  [recipe('denoise', { lambda: 0 }), 'lambda', 'Span length λ (lambda) is 0, but it must be between 0.1 and 10.'],
  [
    recipe('plm', { order: 'backwards' }),
    'order',
    'What is predicted (order) is "backwards", but it must be one of random, spans, identity.',
  ],
  [recipe('rtd', { luck: 1 }), 'luck', 'Lucky guesses (luck) is 1, but it must be true or false.'],
  [
    recipe('mlm', {}, 'nsp', { maxLength: 4 }),
    'maxLength',
    'Sequence length (maxLength) is 4, but it must be a whole number from 8 to 1024.',
  ],
  [recipe('causal', { rate: 0.1 }), 'rate', 'There is no option "rate" here; the options are mode.'],
  [recipe('gan', {}), 'noising', `There is no noising "gan"; there are ${Object.keys(noisings).join(', ')}.`],
])('a bad option is refused with its field and the allowed range: case %#', (run, field, message) => {
  const error = failure(run);
  expect(error.code).toBe('bad-option');
  expect(error.field).toBe(field);
  expect(error.message).toBe(message);
});

test('NaN is no rate', () => {
  const { field, message } = failure(recipe('mlm', { rate: Number.NaN }));
  expect(field).toBe('rate');
  expect(message).toContain(' is no number, but it must be');
});

test('what is left out is a default', () => {
  expect(completeOptions(noisings.rtd!, { rate: 0.3 })).toEqual({ ...noisings.rtd!.defaults, rate: 0.3 });
});
