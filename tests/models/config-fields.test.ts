import { expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import {
  activationField,
  readFields,
  realField,
  wholeField,
  writeFields,
} from '../../src/models/shared/config-fields.ts';

const fields = {
  hidden: wholeField('hidden_size', 768),
  dropout: realField('hidden_dropout_prob', 0.1),
  activation: activationField('hidden_act', 'gelu'),
  padId: wholeField('pad_token_id', 0, 0),
};

test('a configuration is written under the names of the file, in the order of the table, and nothing else', () => {
  const config = { epsilon: 1e-5, padId: 1, activation: 'relu' as const, dropout: 0, hidden: 16 };
  expect(JSON.stringify(writeFields(fields, config))).toBe(
    '{"hidden_size":16,"hidden_dropout_prob":0,"hidden_act":"relu","pad_token_id":1}',
  );
});

test('what the file leaves out or calls null is the default', () => {
  expect(readFields(fields, { hidden_size: 32, pad_token_id: null, vocab_size: 9 })).toEqual({
    hidden: 32,
    dropout: 0.1,
    activation: 'gelu',
    padId: 0,
  });
});

test.each([
  [{ hidden_size: 0 }, 'config.json says "hidden_size": 0, but a whole number from 1 on is needed there.'],
  [{ hidden_act: 'swish' }, 'config.json says "hidden_act": "swish", but one of gelu, gelu_new, relu is needed there.'],
])('%j is refused by the name of the file', (json, message) => {
  expect(() => readFields(fields, json)).toThrow(AppError);
  expect(() => readFields(fields, json)).toThrow(message);
});
