import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadExperiment, loadResult } from '../../src/app/experiments.ts';
import { course, loadLesson } from '../../src/app/lessons.ts';
import { verdictOf } from '../../src/figures/claim.ts';
import { deviationOf } from '../../src/figures/spread.ts';
import type { Outcome } from '../../src/training/experiment.ts';
import { mean, outcomesOf } from '../support/outcomes.ts';

const proseOf = (folder: string) => readFileSync(`lessons/${folder}/lesson.md`, 'utf8');
/** Percent of pairs of a kind that the model of each seed judges rightly. */
const judged = (outcomes: readonly Outcome[], pairing: string) =>
  outcomes.map(({ judgedOn }) => Math.round(100 * judgedOn![pairing]!.accuracies[pairing]!));

test('the lesson on permuted orders says what a pair of words costs, along an order and apart', async () => {
  const prose = proseOf('05-permutation');
  const bits = async (arm: string) =>
    (await outcomesOf('permutation', 'pairs', arm)).map(
      ({ evaluations }) => (2 * Object.values(evaluations.at(-1)!.losses)[0]!) / Math.LN2,
    );
  const [along, apart] = [await bits('along an order'), await bits('each alone')];
  expect(prose).toContain(`XLNet pays **${mean(along).toFixed(2)} bits** a pair on average`);
  expect(prose).toContain(`BERT **${mean(apart).toFixed(2)}**`);
  expect(Math.max(...along)).toBeLessThan(3.6);
  expect(Math.min(...apart)).toBeGreaterThan(5.5);
});

test('the lesson on permuted orders says what the body brings, and that the order brings nothing to single holes', async () => {
  const prose = proseOf('05-permutation');
  const of = async (arm: string) =>
    (await outcomesOf('permutation', 'staircase', arm)).map(
      ({ evaluations }) => Object.values(evaluations.at(-1)!.losses)[0]!,
    );
  const [bert, body, order] = [
    await of('holes, BERT'),
    await of('holes, XLNet’s body'),
    await of('along an order, XLNet'),
  ];
  for (const [name, values] of [
    ['holes, BERT', bert],
    ["holes, XLNet's body", body],
    ['along an order', order],
  ] as const)
    expect(prose).toContain(`| ${name} | ${values.map((loss) => loss.toFixed(2)).join(', ')} |`);
  const named = (name: string, values: readonly number[]) => ({ name, values });
  expect(verdictOf(named('bert', bert), named('body', body), 'lower')).toMatchObject({ ahead: 'body', isShown: true });
  expect(verdictOf(named('body', body), named('order', order), 'lower')).toMatchObject({
    ahead: 'body',
    isShown: false,
  });
  const { outcomes } = (await loadResult('permutation', 'staircase'))!;
  expect(outcomes.every(({ floors }) => Math.abs(Object.values(floors!.best)[0]!.loss - 0.2) < 0.01)).toBe(true);
});

test('what a claim holds against one another besides are recipes of its experiment', async () => {
  const besides = async (slug: string) => {
    const parts = (await loadLesson(slug))!.acts.flatMap(({ steps }) => steps.flatMap((step) => step.parts));
    const claims = parts.flatMap((part) => (part.kind === 'panel' && part.name === 'claim' ? [part.props] : []));
    return claims.flatMap(({ besides = [], experiment }) =>
      (besides as string[][]).map((pair) => ({ experiment, pair })),
    );
  };
  for (const { slug } of course)
    for (const { experiment, pair } of await besides(slug)) {
      const arms = (await loadExperiment(slug, String(experiment)))!.experiment.arms.map(({ label }) => label);
      expect(arms).toEqual(expect.arrayContaining(pair));
    }
  expect(await besides('permutation')).toHaveLength(1);
  expect(await besides('denoising')).toHaveLength(3);
});

test('the lesson on next sentences says what the question costs the holes, and what the rows', async () => {
  const prose = proseOf('03-next-sentence');
  const of = async (arm: string, exam: string) =>
    (await outcomesOf('next-sentence', 'pair-or-packed', arm)).map(({ judgedOn }) => judgedOn![exam]!.losses.mlm!);
  // The names of the table are those of the picture.
  const arms = [
    'pairs, asked whether B follows',
    'pairs that belong together, not asked',
    'rows across stories',
  ] as const;
  const told: { readonly name: string; readonly values: readonly number[] }[] = [];
  for (const arm of arms) {
    const [story, pairs] = [await of(arm, 'contiguous'), await of(arm, 'nsp')];
    const listed = (values: readonly number[]) => values.map((loss) => loss.toFixed(2)).join(', ');
    expect(prose).toContain(`| ${arm} | ${listed(story)} | ${listed(pairs)} |`);
    told.push({ name: arm, values: story });
  }
  const [asked, unasked, packed] = told as [(typeof told)[0], (typeof told)[0], (typeof told)[0]];
  const [question, rows] = [verdictOf(unasked, asked, 'lower')!, verdictOf(packed, unasked, 'lower')!];
  expect([question, rows].map(({ ahead, isShown }) => [ahead, isShown])).toEqual([
    ['pairs that belong together, not asked', true],
    ['rows across stories', true],
  ]);
  expect(prose).toContain(`brings ${question.difference.toFixed(2)} nats`);
  expect(prose).toContain(`another ${rows.difference.toFixed(2)}.`);
  const { outcomes } = (await loadResult('next-sentence', 'pair-or-packed'))!;
  const own = (arm: string) =>
    mean(outcomes.flatMap((one) => (one.arm === arm ? one.evaluations.at(-1)!.losses.mlm! : [])));
  expect(prose).toContain(`has ${own(arms[2]).toFixed(2)} and the pairs ${own(arms[1]).toFixed(2)}`);
  expect(outcomes.find(({ arm }) => arm === arms[2])!.floors!.best.mlm!.loss.toFixed(2)).toBe('0.56');
});

test('the lesson on next sentences says how its model judges both kinds of pairs', async () => {
  const prose = proseOf('03-next-sentence');
  const range = (values: readonly number[]) => `${Math.min(...values)} to ${Math.max(...values)} %`;
  const next = await outcomesOf('next-sentence', 'topic-not-order', 'does B follow?');
  expect(prose).toContain(`right in ${range(judged(next, 'nsp'))} of next sentences`);
  expect(new Set(judged(next, 'sop'))).toEqual(new Set([51]));
  const order = await outcomesOf('next-sentence', 'topic-not-order', 'which came first?');
  expect(prose).toContain(`right in ${range(judged(order, 'sop'))} of that, and in ${range(judged(order, 'nsp'))} of`);
});

test('the lesson on sentence order says how each of its models judges both kinds of pairs', async () => {
  const prose = proseOf('04-sentence-order');
  const order = await outcomesOf('sentence-order', 'both-questions', 'which came first?');
  const [onOrder, onNext] = [judged(order, 'sop'), judged(order, 'nsp')];
  expect(prose).toContain(`in ${Math.min(...onOrder)} to ${Math.max(...onOrder)} % of exchanged pairs`);
  expect(prose).toContain(`in ${Math.min(...onNext)} to ${Math.max(...onNext)} % of next sentences`);
  const next = await outcomesOf('sentence-order', 'both-questions', 'does B follow?');
  const [nextOnNext, nextOnOrder] = [judged(next, 'nsp'), judged(next, 'sop')];
  expect(prose).toContain(`${nextOnNext[2]} % there, and ${nextOnOrder[2]} % of the order`);
  expect(prose).toContain(`with ${nextOnOrder[0]} and ${nextOnOrder[1]} %`);
  expect(prose).toContain(`only ${nextOnNext[0]} and ${nextOnNext[1]} %`);
});

test('the lesson on masked tokens says what the mix is good for', async () => {
  const prose = proseOf('01-masked-language-modelling');
  const of = async (arm: string) => outcomesOf('masked-language-modelling', 'mix', arm);
  const [mix, always] = [await of('80 / 10 / 10'), await of('always [MASK]')];
  const read = (outcomes: readonly Outcome[]) =>
    Math.round(100 * mean(outcomes.map(({ readBack }) => readBack!.accuracies.mlm!)));
  expect(prose).toContain(`it names ${read(mix)} % of them`);
  expect(prose).toContain(`and names ${read(always)} %`);
  const loss = (outcomes: readonly Outcome[]) =>
    mean(outcomes.map(({ evaluations }) => evaluations.at(-1)!.losses.mlm!)).toFixed(2);
  expect(prose).toContain(`${loss(mix)} against ${loss(always)} nats on average`);
});

test('the lesson on replaced tokens says how well fakes are told after verdicts on all tokens and on a few', async () => {
  const prose = proseOf('06-replaced-tokens');
  const of = async (arm: string) => outcomesOf('replaced-tokens', 'all-tokens', arm);
  const [all, drawn] = [await of('all tokens'), await of('drawn places only')];
  const apart = (outcomes: readonly Outcome[]) => outcomes.map(({ readBack }) => 100 * readBack!.accuracies.apart!);
  expect(prose).toContain(
    `is right in **${mean(apart(all)).toFixed(0)} %**, the other in **${mean(apart(drawn)).toFixed(0)} %**`,
  );
  for (const values of [apart(all), apart(drawn)]) expect(Math.max(...values) - Math.min(...values)).toBeLessThan(2);
  const last = drawn.map(({ evaluations }) => evaluations.at(-1)!);
  expect(prose).toContain(
    `this model is right in ${(100 * mean(last.map(({ accuracies }) => accuracies.rtd!))).toFixed(0)} %`,
  );
  const light = async (arm: string) => apart(await outcomesOf('replaced-tokens', 'all-tokens-light', arm));
  const [lightAll, lightDrawn] = [await light('all tokens'), await light('drawn places only')];
  expect(prose).toContain(`the two have ${mean(lightAll).toFixed(0)} % and ${mean(lightDrawn).toFixed(0)} %`);
  // Of the 15 % that are drawn, nine in ten hold another word than before.
  expect(mean(last.map(({ positives }) => positives!.rtd!)) / 0.15).toBeCloseTo(0.9, 1);
});

test('the lesson on runs of words says what both words of a city cost after runs, and after single holes', async () => {
  const prose = proseOf('04-sentence-order');
  const bits = async (arm: string) =>
    (await outcomesOf('sentence-order', 'phrases', arm)).map(({ evaluations }) =>
      evaluations.map(({ losses }) => (2 * losses.mlm!) / Math.LN2),
    );
  const [runs, single] = [await bits('runs of one to three words'), await bits('single words')];
  const last = (curves: readonly (readonly number[])[]) => curves.map((curve) => curve.at(-1)!);
  expect(prose).toContain(`pays **${mean(last(runs)).toFixed(2)} bits** for such a pair, with 6.00 possible`);
  expect(prose).toContain(`single holes pays **${mean(last(single)).toFixed(2)}**`);
  expect(Math.max(...last(runs))).toBeLessThan(Math.min(...last(single)));
  const holes = async (arm: string) =>
    (await outcomesOf('sentence-order', 'single-holes', arm)).map(({ evaluations }) => evaluations.at(-1)!.losses.mlm!);
  const [afterRuns, afterSingle] = [await holes('runs of one to three words'), await holes('single words')];
  expect(prose).toContain(
    `${mean(afterRuns).toFixed(2)} nats after runs, ${mean(afterSingle).toFixed(2)} after single`,
  );
  expect(afterRuns.map((loss, i) => loss > afterSingle[i]!)).toEqual([true, true, true]);
  expect(prose).toContain(`among ${Math.floor(2 ** (mean(last(single)) / 2))}, where there are 8`);
  expect(single.filter((curve) => curve[Math.floor(curve.length / 2)]! < curve.at(-1)!)).toHaveLength(3);
});

test('the lesson on dynamic masking says what one mask, ten and new ones come to', async () => {
  const prose = proseOf('02-dynamic-masking');
  const of = async (arm: string) => {
    const outcomes = await outcomesOf('dynamic-masking', 'copies', arm);
    return {
      own: outcomes.map(({ batches }) => batches!.at(-1)!.losses.mlm!),
      fresh: outcomes.map(({ evaluations }) => evaluations.at(-1)!.losses.mlm!),
      best: outcomes[0]!.floors!.best.mlm!.loss,
    };
  };
  const [fresh, ten, one] = [await of('new each time'), await of('ten masks'), await of('one mask')];
  const { best } = fresh;
  expect(prose).toContain(`new text costs ${mean(one.fresh).toFixed(2)} nats`);
  expect(mean(one.fresh) / mean(fresh.fresh)).toBeCloseTo(3, 0);
  expect(prose).toContain(`${mean(ten.fresh).toFixed(2)} nats on new text against ${mean(fresh.fresh).toFixed(2)}`);
  expect(prose).toContain(`at ${mean(ten.own).toFixed(2)}, lie under the best possible`);
  // Shown: every seed on the same side, and the means further apart than the seeds of an arm.
  expect(Math.max(...one.own, ...ten.own)).toBeLessThan(best);
  expect(Math.min(...fresh.own)).toBeGreaterThan(best);
  expect(fresh.fresh.map((loss, i) => loss < ten.fresh[i]!)).toEqual([true, true, true]);
  expect(Math.max(...ten.fresh)).toBeLessThan(Math.min(...one.fresh));
  const apart = mean(ten.fresh) - mean(fresh.fresh);
  expect(apart).toBeGreaterThan(Math.max(deviationOf(ten.fresh), deviationOf(fresh.fresh)));
});

test('the lesson on dynamic masking says what batches of three sizes come to at equally many rows', async () => {
  const prose = proseOf('02-dynamic-masking');
  const of = async (arm: string) =>
    (await outcomesOf('dynamic-masking', 'batch', arm)).map(({ evaluations }) => evaluations.at(-1)!.losses.mlm!);
  const [small, middle, large] = [
    await of('600 steps of 16'),
    await of('150 steps of 64'),
    await of('50 steps of 192'),
  ];
  expect([600 * 16, 150 * 64, 50 * 192]).toEqual([9600, 9600, 9600]);
  const [a, b, c] = [small, middle, large].map((values) => mean(values).toFixed(2));
  expect(prose).toContain(`${a} nats a hole, against ${b} and ${c}`);
  expect(Math.max(...small)).toBeLessThan(Math.min(...middle));
  expect(Math.max(...middle)).toBeLessThan(Math.min(...large));
});
