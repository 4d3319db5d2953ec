import { describe, expect, it } from 'vitest';
import { changeOf, stateOf } from '../../src/panels/tape-change.ts';

const start = { sentence: 'the cat sat .', seed: '16', at: 0, draw: 0, redraws: [], options: { rate: 0.15, cap: 0 } };

describe('what a reader changed in an example', () => {
  it('is nothing at first', () => {
    const { at: _, ...whole } = start;
    expect(changeOf(whole, whole)).toEqual({});
    expect(stateOf(start, {})).toEqual(start);
  });

  it('is all that differs from the start', () => {
    const state = { seed: '16', draw: 2, redraws: [3, 1], at: 4, options: { rate: 0.3, cap: 0 } };
    const change = { sentence: '', draw: 2, redraws: [3, 1], at: 4, options: { rate: 0.3 } };
    expect(changeOf(start, state)).toEqual(change);
    expect(stateOf(start, change)).toEqual(state);
  });

  it('shows all decisions once something was changed', () => {
    expect(stateOf(start, { draw: 1 })).toEqual({
      sentence: 'the cat sat .',
      seed: '16',
      draw: 1,
      redraws: [],
      options: { rate: 0.15, cap: 0 },
    });
  });
});
