import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadResult } from '../../src/app/experiments.ts';
import { loadLesson } from '../../src/app/lessons.ts';
import { encodeRun } from '../../src/app/run-address.ts';
import { recipes, storedOf } from '../../src/app/stored-runs.ts';
import { createRng } from '../../src/core/rng.ts';
import { verdictOf } from '../../src/figures/claim.ts';
import { loadPictures } from '../../src/models/pictures.ts';
import { fakesByCounts, perfectFakes } from '../../src/panels/fakes.ts';
import { corpora } from '../../src/text/catalog.ts';
import { runOf } from '../../src/training/arm.ts';
import { heldOutExamples } from '../../src/training/batches.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import type { Outcome } from '../../src/training/experiment.ts';
import { multiplyAddsOf } from '../../src/training/multiply-adds.ts';
import { stepsOf } from '../../src/training/phases.ts';
import { readRecording } from '../../src/training/recording.ts';
import type { Run } from '../../src/training/run.ts';
import { surprise } from '../../src/training/surprise.ts';

const prose = readFileSync('lessons/06-replaced-tokens/lesson.md', 'utf8');

// The numbers that the lesson prints, each made again from where it came from.
let run: Run;
let data: Data;
let outcome: Outcome;
beforeAll(async () => {
  run = (await loadLesson('replaced-tokens'))!.run;
  data = await prepare(run.text);
  outcome = (await loadResult('recipes', 'rtd'))!.outcomes[0]!;
});
const at = (step: number) => outcome.evaluations.find((one) => one.step === step)!;
const shareAt = (step: number) => at(step).positives!.rtd!;

describe('the lesson about replaced tokens', () => {
  it('trains the very run that is stored', () => {
    expect(storedOf(run)?.id).toBe('recipes/rtd');
  });

  it('leads to the playground with the very recipe that it names', () => {
    const { run } = recipes.find(({ id }) => id === 'recipes/rtd')!;
    expect(prose).toContain(`](#/play?${encodeRun(run)})`);
  });

  it('counts 60 tokens and 9 holes a text, and of perfect fakes 1.2 % that differ', async () => {
    const exact = (await corpora['lost-and-found']!.exact!(data.vocabulary))!;
    const sums = { tokens: 0, holes: 0, perfect: 0, counts: 0 };
    for (const { sequence, example } of heldOutExamples(data, run, 256)) {
      const holes = example.labels.flatMap((label, i) => (label >= 0 ? [i] : []));
      const { isSpecial } = data.vocabulary;
      sums.tokens += sequence.ids.length;
      sums.holes += holes.length;
      sums.counts += fakesByCounts(sequence.ids, holes, data.vocabulary, createRng('1')).expected;
      sums.perfect += perfectFakes(exact, sequence.ids, holes, isSpecial, createRng('1'))!.expected;
    }
    expect((sums.tokens / 256).toFixed(0)).toBe('60');
    expect((sums.holes / 256).toFixed(0)).toBe('9');
    expect((sums.perfect / sums.tokens).toFixed(3)).toBe('0.012');
    expect(surprise(sums.perfect / sums.tokens)).toBeCloseTo(0.063, 2);
    expect(surprise(sums.counts / sums.tokens).toFixed(2)).toBe('0.41');
  });

  it('prints what was stored of the run: losses, what knowing only the share leaves, shares, holes named', () => {
    const loss = (step: number) => at(step).losses.rtd!.toFixed(2);
    expect([50, 100, 150, 200, 400].map(loss)).toEqual(['0.38', '0.33', '0.24', '0.17', '0.08']);
    const only = (step: number) => surprise(shareAt(step)).toFixed(2);
    expect([50, 100, 400].map(only)).toEqual(['0.41', '0.40', '0.36']);
    expect([0, 200, 400].map((step) => (100 * shareAt(step)).toFixed(1))).toEqual(['14.9', '13.2', '11.6']);
    expect((surprise(shareAt(200)) - surprise(shareAt(400))).toFixed(2)).toBe('0.03');
    expect((1 - shareAt(50)).toFixed(2)).toBe('0.86');
    expect(at(400).accuracies.mlm!.toFixed(2)).toBe('0.42');
    const { best } = outcome.floors!;
    expect([best.rtd!.loss.toFixed(3), best['rtd-perfect']!.loss.toFixed(3)]).toEqual(['0.003', '0.043']);
  });

  it('tells of the recorded sentence what was recorded of it', async () => {
    const { frames, tokens, probe } = await readRecording(
      new Uint8Array(readFileSync('lessons/00-recipes/recordings/rtd.frames.bin')),
    );
    const judgedAt = (step: number, place: number) => {
      const { id, share } = frames.find((frame) => frame.step === step)!.judged![place]!;
      return [tokens[id], share.toFixed(2)];
    };
    expect(judgedAt(116, 10)).toEqual(['bedtime', '0.99']);
    expect(judgedAt(116, 17)).toEqual(['as', '0.99']);
    expect(judgedAt(116, 24)).toEqual(['time', '0.99']);
    expect(judgedAt(294, 17)).toEqual(['she', '0.57']);
    expect(judgedAt(400, 17)).toEqual(['she', '0.95']);
    expect(judgedAt(400, 4)).toEqual(['lila', '0.05']);
    const early = frames.find((frame) => frame.step === 15)!.judged!.map(({ share }) => share);
    expect(Math.min(...early)).toBeGreaterThan(0.095);
    expect(Math.max(...early)).toBeLessThan(0.165);
    const lesson = (await loadLesson('replaced-tokens'))!;
    expect(probe.original.slice(1, -1)).toEqual(data.tokenizer.encode(lesson.probe.sentence));
  });
});

describe('the race at equal arithmetic', () => {
  const arms = ['holes', 'verdicts'] as const;
  const resultOf = async () => (await loadResult('replaced-tokens', 'race'))!;
  const outcomesOf = async (arm: string) => (await resultOf()).outcomes.filter((one) => one.arm === arm);

  it('gives both 223 billion multiplications, in 359 and 330 steps', async () => {
    await loadPictures();
    const { experiment } = await resultOf();
    for (const [i, steps] of [359, 330].entries()) {
      const run = runOf(experiment, { change: experiment.arms[i]!.before! }, '1');
      expect(stepsOf(run)).toBe(steps);
      const { vocabulary } = await prepare(run.text);
      expect(Math.round((steps * multiplyAddsOf(run, vocabulary.size)) / 1e9)).toBe(223);
    }
  });

  it('ends as the lesson says: own losses, pairs told rightly, and who is ahead', async () => {
    const [holes, verdicts] = [await outcomesOf(arms[0]), await outcomesOf(arms[1])];
    const told = (outcomes: typeof holes) =>
      outcomes.map(({ evaluations }) => 100 * evaluations.at(-1)!.accuracies.nsp!);
    const listed = (values: readonly number[], digits: number) => values.map((one) => one.toFixed(digits)).join(', ');
    const own = (outcomes: typeof holes, name: string) => outcomes.map(({ before }) => before!.losses[name]!);
    expect(prose).toContain(`| holes | ${listed(own(holes, 'mlm'), 2)} | ${listed(told(holes), 0)} % |`);
    expect(prose).toContain(`| verdicts | ${listed(own(verdicts, 'rtd'), 3)} | ${listed(told(verdicts), 0)} % |`);
    const verdict = verdictOf(
      { name: 'holes', values: told(holes) },
      { name: 'verdicts', values: told(verdicts) },
      'higher',
    );
    expect(verdict).toMatchObject({ ahead: 'holes', isShown: true });
    expect((100 * holes[0]!.floors!.best.nsp!.accuracy!).toFixed(1)).toBe('94.8');
    const rates = verdicts.map(({ before }) => surprise(before!.positives!.rtd!));
    expect(rates.reduce((sum, rate) => sum + rate, 0) / 3).toBeCloseTo(0.2, 2);
    const fakes = verdicts.map(({ before }) => before!.positives!.rtd!);
    expect((fakes.reduce((sum, share) => sum + share, 0) / 3).toFixed(2)).toBe('0.05');
    expect(prose).toContain('5 % of the tokens are fakes instead of 11.6');
  });
});
