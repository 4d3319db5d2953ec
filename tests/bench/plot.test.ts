import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { plotOf } from './plot.ts';
import sweep from './sweep.json' with { type: 'json' };

it('the stored plot is the one that the stored sweep gives', () => {
  expect(readFileSync('tests/bench/sweep.svg', 'utf8')).toBe(plotOf(sweep));
});
