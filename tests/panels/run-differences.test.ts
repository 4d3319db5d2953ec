import { expect, test } from 'vitest';
import { differences } from '../../src/panels/run-differences.ts';
import { startingRun, withSettings } from '../../src/training/settings.ts';

const changed = (settings: Parameters<typeof withSettings>[1]) =>
  differences(startingRun, withSettings(startingRun, settings));

test('settings, choices and options are called what their dials call them', () => {
  expect(changed({ architecture: 'roberta' })).toEqual([{ name: 'architecture', from: 'BERT', to: 'RoBERTa' }]);
  expect(changed({ noisingOptions: { ...startingRun.recipe.noisingOptions, wholeWords: true } })).toEqual([
    { name: 'whole words', from: 'no', to: 'yes' },
  ]);
  for (const { name } of changed({ maxLength: 24, noisingOptions: { contentRate: 0.1 } }))
    expect(name).not.toMatch(/[A-Z]/);
});

test('options of two objectives are not held against each other', () => {
  const found = changed({ noising: 'causal', noisingOptions: {} });
  expect(found.map(({ name }) => name)).toEqual(['what is hidden']);
});
