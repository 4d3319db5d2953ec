import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadResult } from '../../src/app/experiments.ts';
import { verdictOf } from '../../src/figures/claim.ts';
import type { Outcome } from '../../src/training/experiment.ts';
import { mean, outcomesOf } from '../support/outcomes.ts';

const prose = readFileSync('lessons/07-denoising/lesson.md', 'utf8');

test('the lesson on denoising says what carries over from each noise to infilling', async () => {
  const of = async (arm: string) =>
    (await outcomesOf('denoising', 'carry-over', arm)).map(({ evaluations }) => evaluations.at(-1)!.losses.denoise!);
  const taken = [await of('infilling'), await of('masking'), await of('deletion')];
  const [shuffled, turned, copied] = [await of('shuffling'), await of('rotation'), await of('nothing')];
  const means = taken.map((values) => mean(values).toFixed(3)).sort();
  expect(prose).toContain(`**${means[0]} to ${means[2]}** nats a token`);
  expect(prose).toContain(`**${mean(shuffled!).toFixed(3)} and ${mean(turned!).toFixed(3)}**`);
  expect(prose).toContain(`has **${mean(copied!).toFixed(3)}**`);
  const named = (name: string, values: readonly number[]) => ({ name, values });
  const first = named('infilling', taken[0]!);
  const isShown = (values: readonly number[]) => verdictOf(first, named('other', values), 'lower')!.isShown;
  expect(taken.slice(1).map(isShown)).toEqual([false, false]);
  expect([shuffled!, turned!, copied!].map(isShown)).toEqual([true, true, true]);
  expect(Math.max(...copied!)).toBeLessThan(Math.min(...shuffled!, ...turned!));
});

test('the lesson on denoising says what carries over to putting sentences in order', async () => {
  const of = async (arm: string) =>
    (await outcomesOf('denoising', 'carry-over-order', arm)).map(
      ({ evaluations }) => evaluations.at(-1)!.losses.denoise!,
    );
  const arms = { infilling: await of('infilling'), shuffling: await of('shuffling'), nothing: await of('nothing') };
  const named = { infilling: 'infilling', shuffling: 'shuffling', nothing: 'nothing, only copying' };
  const verdict = (a: keyof typeof arms, b: keyof typeof arms) =>
    verdictOf({ name: a, values: arms[a] }, { name: b, values: arms[b] }, 'lower')!;
  for (const arm of ['infilling', 'shuffling', 'nothing'] as const)
    expect(prose).toContain(`| ${named[arm]} | ${arms[arm].map((loss) => loss.toFixed(3)).join(', ')} |`);
  for (const other of ['infilling', 'nothing'] as const)
    expect(verdict('shuffling', other)).toMatchObject({ ahead: 'shuffling', isShown: true });
  expect(verdict('infilling', 'nothing').isShown).toBe(false);
  const { outcomes } = (await loadResult('denoising', 'carry-over-order'))!;
  expect(outcomes[0]!.floors!.best.denoise!.loss).toBeCloseTo(0.006, 3);
});

test('the lesson on denoising says how many tokens are right, and how many spans', async () => {
  const of = async (arm: string) => outcomesOf('denoising', 'restored', arm);
  const [early, late] = [await of('100 steps'), await of('300 steps')];
  const tokens = (outcomes: readonly Outcome[]) =>
    Math.round(100 * mean(outcomes.map(({ evaluations }) => evaluations.at(-1)!.accuracies!.denoise!)));
  const spans = (outcomes: readonly Outcome[]) => outcomes.map(({ readBack }) => 100 * readBack!.accuracies.restored!);
  expect(prose).toContain(
    `After 100 steps **${tokens(early)} %** of all tokens are right, after 300 steps **${tokens(late)} %**`,
  );
  expect(prose).toContain(`${mean(spans(early)).toFixed(0)} % come back exactly after 100 steps`);
  expect(prose).toContain(`**${mean(spans(late)).toFixed(0)} %** after 300`);
  const exact = 100 * late[0]!.readBack!.accuracies.posterior!;
  expect(prose).toContain(`by its true probability has ${exact.toFixed(1)} %`);
  expect(Math.min(...spans(late))).toBeGreaterThan(exact - 3);
});
