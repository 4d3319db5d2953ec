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

test('as published the separators are asked for too', () => {
  expect(made('reference').labels).toEqual([5, 7, 9, 3, 23, 10, 3, -100]);
});
