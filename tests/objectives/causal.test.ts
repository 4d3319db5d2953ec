import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import type { CausalOptions } from '../../src/objectives/causal/facts.ts';
import { objective } from '../../src/objectives/causal/index.ts';
import { pack } from '../../src/objectives/make.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

const input = pack({ a: ids('the cat sat'), b: ids('it ran') }, toy);
const made = (mode: CausalOptions['mode']) =>
  objective.apply(input, objective.draw(input, { mode }, toy, createRng(1)));

test('each place says the next word, the last of a segment nothing', () => {
  expect(input.ids).toEqual([2, 5, 7, 9, 3, 23, 10, 3]);
  expect(made('clean')).toMatchObject({
    inputIds: [2, 5, 7, 9, 3, 23, 10, 3],
    labels: [5, 7, 9, -100, 23, 10, -100, -100],
    shift: 1,
    order: [0, 1, 2, 3, 4, 5, 6, 7],
  });
});

test('where the text goes on, the last place says the token behind it, which has no place of its own', () => {
  const going = pack({ a: ids('the cat sat'), next: ids('on')[0] }, toy, 'none');
  const draws = objective.draw(going, { mode: 'clean' }, toy, createRng(1));
  expect(objective.apply(going, draws)).toMatchObject({ inputIds: [5, 7, 9], labels: [7, 9, ...ids('on')], shift: 1 });
  expect(objective.explain(going, draws).map(({ position }) => position)).toEqual([1, 2]);
  expect(objective.decisions(going, draws, toy).map(({ answer, position }) => [answer, position])).toEqual([
    ['1 (cat)', 1],
    ['2 (sat)', 2],
    ['the one behind the row (on)', undefined],
  ]);
  expect(objective.slots({ mode: 'clean' }, 3, true)).toBe(3);
  expect(objective.slots({ mode: 'clean' }, 3)).toBe(2);
  expect(pack({ a: ids('the cat'), next: ids('sat')[0] }, toy).next).toBe(undefined);
});

test('as published the separators are asked for too', () => {
  expect(made('reference').labels).toEqual([5, 7, 9, 3, 23, 10, 3, -100]);
});
