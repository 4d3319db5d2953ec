import { describe, expect, test } from 'vitest';
import { allBut, causal, others, recent, spread } from '../../src/core/pattern.ts';

const drawn = (rows: readonly (readonly boolean[])[]) =>
  rows.map((row) => row.map((visible) => (visible ? '#' : '.')).join(''));

test('everybody sees the others, or all but one', () => {
  expect(drawn(others(3))).toEqual(['.##', '#.#', '##.']);
  expect(drawn(allBut(3, 1))).toEqual(['#.#', '#.#', '#.#']);
});

test('each sees itself and those left of it, what is remembered included, and no more than so many', () => {
  expect(drawn(recent(3, 3))).toEqual(drawn(causal(3)));
  expect(drawn(recent(3, 2))).toEqual(['#..', '##.', '.##']);
  expect(drawn(recent(2, 5, 5))).toEqual(['####.', '#####']);
  expect(drawn(recent(2, 3, 5))).toEqual(['.###.', '..###']);
});

describe('what a token holds', () => {
  test('is held by all who looked at it, and in the next layer by all who looked at those', () => {
    expect(drawn(spread([causal(4), causal(4)], 2))).toEqual(['..#.', '..##', '..##']);
    expect(drawn(spread([others(3), others(3)], 0))).toEqual(['#..', '###', '###']);
  });
  test('stays with it by the residual path, though nobody may look at it, itself included', () => {
    expect(drawn(spread([allBut(3, 1), allBut(3, 1)], 1))).toEqual(['.#.', '.#.', '.#.']);
  });
});
