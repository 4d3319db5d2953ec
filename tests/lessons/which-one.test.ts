import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadResult } from '../../src/app/experiments.ts';
import { loadLesson } from '../../src/app/lessons.ts';
import { type Result, verdictOf } from '../../src/figures/claim.ts';
import { sharpness } from '../../src/figures/heads.ts';
import { pack } from '../../src/objectives/make.ts';
import { bodies, directionsOf, headsOf } from '../../src/panels/bodies.ts';
import { pretrained } from '../../src/panels/compare/pretrained.ts';
import { results } from '../../src/panels/compare/results.ts';
import { densitiesOf } from '../../src/panels/density.ts';
import { runOf } from '../../src/training/arm.ts';
import { prepare } from '../../src/training/data.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { multiplyAddsOf } from '../../src/training/multiply-adds.ts';
import { stepsOf } from '../../src/training/phases.ts';
import { readPlainly } from '../../src/training/plain-encoder.ts';
import { readWeights } from '../../src/training/recording.ts';
import { runOfKey } from '../../src/training/settings.ts';
import { lessonFolders } from '../support/lesson-folders.ts';

const prose = readFileSync('lessons/15-which-one/lesson.md', 'utf8');

test('the last lesson counts how much is asked for the work of one step of holes', async () => {
  const [holes, order, fakes, noise, next] = await densitiesOf('base');
  const hundred = (share: number) => Math.round(100 * share);
  expect(prose).toContain(`holes ask ${hundred(holes!.asked)} of 100 tokens`);
  expect(prose).toContain(`**${hundred(fakes!.density)}** for the same work`);
  expect(prose).toContain(
    `The next token comes to **${hundred(next!.density)}**, and noise, with its decoder, to **${hundred(noise!.density)}**`,
  );
  expect(prose).toContain(`order comes to **${hundred(order!.density)}**: it asks ${hundred(order!.asked)} of 100`);
  expect(fakes!.density / holes!.density).toBeCloseTo(6, 0);
});

test('its picture of arithmetic has the numbers of the table of systems', () => {
  for (const [id, name] of [
    ['bert.large', 'BERT'],
    ['roberta.large', 'RoBERTa'],
    ['xlnet.large', 'XLNet'],
    ['electra.large', "'ELECTRA, longer'"],
  ] as const) {
    const cost = pretrained[id]!.compute!.number!.toExponential(1).replace('+', '');
    const score = results[id]!.glueDev!.number!.toFixed(1);
    expect(prose).toContain(`{ name: ${name}, x: ${cost}, y: ${score}`);
  }
  expect(pretrained['electra.large']!.compute!.note).toContain('7.1e20');
  expect(results['electra.large']!.glueDev!.note).toContain('89.0');
  expect(prose).toContain('{ name: ELECTRA, x: 7.1e20, y: 89.0');
  const cost = (id: string) => pretrained[id]!.compute!.number!;
  const times = ['roberta.large', 'xlnet.large'].map((id) => Math.round(cost(id) / cost('bert.large')));
  expect(prose).toContain(`took **${times.join(' and ')} times** its arithmetic`);
});

test('its bodies are pretrained for the same arithmetic, within a hundredth', async () => {
  const { experiment } = (await loadResult('which-one', 'tuned'))!;
  const spent: number[] = [];
  for (const { before } of experiment.arms) {
    if (!before) continue;
    const run = runOf(experiment, { change: before }, '1');
    const { vocabulary } = await prepare(run.text);
    spent.push(stepsOf(run) * multiplyAddsOf(run, vocabulary.size));
  }
  expect(spent).toHaveLength(5);
  expect(Math.max(...spent) / Math.min(...spent)).toBeLessThan(1.01);
  const steps = experiment.arms.flatMap(({ before }) =>
    before ? [stepsOf(runOf(experiment, { change: before }, '1'))] : [],
  );
  // Holes and order, out of competition, take as many as holes alone.
  const told = steps.toSpliced(1, 1);
  expect(steps[1]).toBe(steps[0]);
  expect(prose).toContain(`not the same steps: ${told.slice(0, -1).join(', ')} and ${told.at(-1)}.`);
});

test('it tells how the bodies judge pairs after tuning, and what of it is shown', async () => {
  const { experiment, outcomes } = (await loadResult('which-one', 'tuned'))!;
  const of = (name: string): Result => ({
    name,
    values: outcomes.filter(({ arm }) => arm === name).map(({ evaluations }) => evaluations.at(-1)!.accuracies.nsp!),
  });
  const inWords = (name: string) => {
    const [one, two, three] = of(name).values.map((share) => (100 * share).toFixed(1));
    return `${one}, ${two} and ${three} %`;
  };
  expect(prose).toContain(`by holes (${inWords('masked tokens')}) is ahead of none (${inWords('no pretraining')})`);
  expect(prose).toContain(`the next token (${inWords('next token')}) or noise (${inWords('infilling')})`);
  expect(prose).toContain(`have ${inWords('masked tokens and order')}`);
  expect(of('replaced tokens').values).toEqual(of('no pretraining').values);
  const best = outcomes[0]!.floors!.best.nsp!.accuracy!;
  expect(prose).toContain(`the exact judge has ${(100 * best).toFixed(1)} %`);
  const [holes, ...others] = experiment.arms.map(({ label }) => of(label));
  const shown = others.filter((other) => verdictOf(holes!, other, 'higher')!.isShown).map(({ name }) => name);
  expect(shown).toEqual(['replaced tokens', 'no pretraining']);
});

test('it tells where the heads of four stored bodies look in one sentence', async () => {
  const { run } = (await loadLesson('which-one'))!;
  const { tokenizer, vocabulary } = await prepare(run.text);
  const [, sentence = ''] = /```panel bodies\nsentence: (.*)\n/.exec(prose)!;
  const { ids } = pack({ a: tokenizer.encode(sentence) }, vocabulary);
  const [first, second] = ids.flatMap((id, place) => (vocabulary.tokens[id] === 'forest' ? [place] : []));
  const percent = (share: number) => Math.round(100 * share);
  const readings = await Promise.all(
    bodies.map(async ({ name, run: stored }) => {
      const [slug, id] = stored.split('/');
      const folder = slug === 'recipes' ? '00-recipes' : lessonFolders().find((one) => one.slug === slug)!.folder;
      const { key, states } = await readWeights(readFileSync(`lessons/${folder}/recordings/${id}.weights.bin`));
      const weights = new Map(Object.entries(states.at(-1)!.weights));
      const heads = headsOf(readPlainly({ ...blueprintOf(runOfKey(key), vocabulary.size), weights }, ids));
      const { before, behind } = directionsOf(heads, ids.length);
      const most = (from: number, to: number) =>
        percent(Math.max(...heads.map((head) => head.weights[from * ids.length + to]!)));
      const sharpest = percent(Math.max(...heads.map((head) => sharpness(head.weights, ids.length))));
      /** The head that `most` is of, as the picture names it: `2·1`. */
      const where = (from: number, to: number) => {
        const looks = heads.map((head) => head.weights[from * ids.length + to]!);
        const { layer, head } = heads[looks.indexOf(Math.max(...looks))]!;
        return `${layer + 1}·${head + 1}`;
      };
      return { name, before: percent(before), behind: percent(behind), most, where, sharpest };
    }),
  );
  const [holes, next, fakes, noise] = readings;
  expect(prose).toContain(
    `- **Holes**: ${holes!.before} % of all looks go back, ${holes!.behind} % ahead. The second \`forest\` looks at the first with ${holes!.most(second!, first!)} % in head ${holes!.where(second!, first!)},`,
  );
  expect(next!.behind).toBe(0);
  expect(prose).toContain(
    `looks at the first \`forest\` with ${next!.most(second! - 1, first!)} %, in its ${next!.where(second! - 1, first!)}.`,
  );
  expect(prose).toContain(`- **Fakes**: ${fakes!.before} % back, ${fakes!.behind} % ahead`);
  expect(prose).toContain(
    `none of its heads is above ${noise!.sharpest} %; with holes one is at ${holes!.sharpest} %.`,
  );
});
