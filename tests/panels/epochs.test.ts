import { beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { pack } from '../../src/objectives/make.ts';
import { objective } from '../../src/objectives/mlm/index.ts';
import { completeOptions } from '../../src/objectives/options.ts';
import { drawEpochs } from '../../src/panels/epochs.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import { defaultRun } from '../../src/training/settings.ts';

const sentence = 'on tuesday , it was rainy , so the toad looked for honey near the forest . she danced .';
let data: Data;
let ids: readonly number[];
beforeAll(async () => {
  data = await prepare(defaultRun.text);
  ids = data.tokenizer.encode(sentence);
});
const draw = (copies: number, epochs: number, again: Readonly<Record<number, number>> = {}) =>
  drawEpochs({ ids, seed: '16', copies, epochs, again }, data.vocabulary);

describe('one sentence, epoch by epoch', () => {
  test('asks 3 of its 20 tokens each time, so that the law is that of 15 %', () => {
    const { tokens, rows, law } = draw(0, 40);
    expect(tokens).toHaveLength(20);
    expect(rows.map(({ holes }) => holes.length)).toEqual(rows.map(() => 3));
    expect(law[0]).toBeCloseTo(0.15, 12);
    expect(law[9]).toBeCloseTo(1 - 0.85 ** 10, 12);
  });

  test('with one stored mask is the same in every epoch, as it is wherever that text is drawn', () => {
    const { rows, sameAs, covered } = draw(1, 8);
    expect(sameAs).toEqual([undefined, 0, 1, 2, 3, 4, 5, 6]);
    expect(covered.at(-1)).toBeCloseTo(0.15, 12);
    const sequence = pack({ a: ids }, data.vocabulary);
    const options = completeOptions(objective, { copies: 1 });
    const elsewhere = objective.draw(sequence, options, data.vocabulary, createRng('a step of training'));
    const { labels } = objective.apply(sequence, elsewhere);
    expect(labels.flatMap((label, i) => (label < 0 ? [] : [i - 1]))).toEqual(rows[0]!.holes.map(({ place }) => place));
  });

  test('with ten has at most ten different rows in forty epochs, and without any has more', () => {
    const differentOf = (copies: number) => draw(copies, 40).sameAs.filter((same) => same === undefined).length;
    expect(differentOf(10)).toBe(10);
    expect(differentOf(0)).toBeGreaterThan(35);
  });

  test('one epoch drawn again leaves the others; of one stored mask it stays itself', () => {
    const [before, after] = [draw(0, 8), draw(0, 8, { 3: 1 })];
    expect(after.rows[3]).not.toEqual(before.rows[3]);
    expect(after.rows.filter((_, i) => i !== 3)).toEqual(before.rows.filter((_, i) => i !== 3));
    expect(draw(1, 8, { 3: 1 }).rows).toEqual(draw(1, 8).rows);
  });

  test('an epoch is the same however many are drawn, and no token that was asked for is forgotten', () => {
    expect(draw(0, 40).rows.slice(0, 8)).toEqual(draw(0, 8).rows);
    const { covered, rows } = draw(0, 40);
    expect(covered.at(-1)).toBe(new Set(rows.flatMap(({ holes }) => holes.map(({ place }) => place))).size / 20);
    expect([...covered].sort((a, b) => a - b)).toEqual(covered);
  });
});
