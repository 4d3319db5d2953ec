import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { type MlmOptions, objective } from '../../src/objectives/mlm/index.ts';
import { IGNORE, type Sequence } from '../../src/objectives/objective.ts';
import { times } from '../support/statistics.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

const clean = objective.defaults;
const ordinary = 'the a cat dog sat ran on mat rug . new york is city big red sun rose it was hot'.split(' ');

/** [CLS], then as many words as make `n` tokens with the final [SEP]. */
function sequenceOf(n: number, seed = 1): Sequence {
  const rng = createRng(`text ${seed}`);
  const inner = times(n - 2, () => ordinary[rng.int(ordinary.length)]!);
  const all = ids(['[CLS]', ...inner, '[SEP]'].join(' '));
  return { ids: all, segments: all.map(() => 0) };
}

const make = (input: Sequence, options: MlmOptions, seed: number) => {
  const draws = objective.draw(input, options, toy, createRng(seed));
  return { draws, ...objective.apply(input, draws) };
};
const asked = (labels: readonly number[]) => labels.flatMap((label, i) => (label === IGNORE ? [] : [i]));

test('a stored mask returns, and there are as many as copies were made', () => {
  const input = sequenceOf(64);
  const masks = (copies: number) =>
    new Set(times(200, (seed) => JSON.stringify(asked(make(input, { ...clean, copies }, seed).labels)))).size;
  expect(masks(1)).toBe(1);
  expect(masks(10)).toBe(10);
  expect(masks(0)).toBe(200);
});

test('drawing the number of the copy anew gives another stored mask, drawing a place anew leaves the others', () => {
  const input = sequenceOf(64);
  const options = { ...clean, copies: 10 };
  const masks = new Set(times(100, (seed) => JSON.stringify(make(input, options, seed).labels)));
  const { draws, labels } = make(input, options, 1);
  const copies = times(40, (seed) => objective.redraw(input, draws, 0, options, toy, createRng(`copy ${seed}`)));
  const others = new Set(copies.map((one) => JSON.stringify(objective.apply(input, one).labels)));
  expect(others.size).toBeGreaterThan(5);
  expect([...others].every((mask) => masks.has(mask))).toBe(true);
  const at = draws.steps.findIndex(({ kind, about }) => kind === 'unit' && about === 1);
  const changed = objective.apply(input, objective.redraw(input, draws, at, options, toy, createRng('place')));
  expect(asked(changed.labels).filter((i) => asked(labels).includes(i)).length).toBe(9);
});

test('another sequence gets another stored mask', () => {
  const mask = (seed: number) => asked(make(sequenceOf(64, seed), { ...clean, copies: 1 }, 1).labels);
  expect(mask(1)).not.toEqual(mask(2));
});

test.each([
  [1, 0.15],
  [10, 0.8031],
])('after 40 readings with %i stored masks a token was asked for with %f', (copies, share) => {
  const texts = times(60, (i) => sequenceOf(100, i));
  let ever = 0;
  for (const input of texts) {
    const seen = new Set(
      times(40, (epoch) => asked(make(input, { ...clean, count: 'rounded', copies }, epoch).labels)).flat(),
    );
    ever += seen.size;
  }
  // 15 of 98 words: the rate counts the two special tokens. All ten masks come up in forty readings but for 1.5 %.
  const rate = 15 / 98;
  const expected = copies === 1 ? rate : 1 - (1 - rate) ** 10;
  expect(Math.abs(ever / (60 * 98) - expected)).toBeLessThan(0.02);
  expect(Math.abs(share - expected)).toBeLessThan(0.012);
});

test('drawing one outcome anew changes nothing else', () => {
  const input = sequenceOf(30);
  const { draws } = make(input, clean, 5);
  const at = draws.steps.findIndex(({ kind }) => kind === 'outcome');
  const others = new Set<string>();
  for (const seed of times(60, (i) => i)) {
    const again = objective.redraw(input, draws, at, clean, toy, createRng(`again ${seed}`));
    const place = draws.steps[at]!.about;
    const rest = (steps: typeof draws.steps) =>
      steps.filter(({ kind, about }) => !(about === place && (kind === 'outcome' || kind === 'token')));
    expect(rest(again.steps)).toEqual(rest(draws.steps));
    others.add(JSON.stringify(again.steps.filter(({ about, kind }) => about === place && kind === 'outcome')));
  }
  expect(others.size).toBe(3);
});

test('drawing one place anew keeps all other places and what is shown there', () => {
  const input = sequenceOf(40);
  const { draws, labels } = make(input, clean, 5);
  const at = draws.steps.findIndex(({ kind, about }) => kind === 'unit' && about === 2);
  const gone = (draws.steps[at] as { positions: readonly number[] }).positions[0]!;
  const again = objective.apply(input, objective.redraw(input, draws, at, clean, toy, createRng('x')));
  const before = asked(labels).filter((i) => i !== gone);
  const after = asked(again.labels);
  expect(after.length).toBe(6);
  expect(before.every((i) => after.includes(i))).toBe(true);
  const first = objective.apply(input, draws).inputIds;
  expect(before.map((i) => again.inputIds[i])).toEqual(before.map((i) => first[i]));
});
