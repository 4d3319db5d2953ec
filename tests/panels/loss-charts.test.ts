import { expect, test } from 'vitest';
import { lossCharts, unasked } from '../../src/panels/loss-charts.ts';
import { questionsOf } from '../../src/training/model.ts';
import type { Evaluation, Floors, Step } from '../../src/training/protocol.ts';
import { runFrom } from '../../src/training/settings.ts';

const best = (loss: number) => ({ loss, error: 0.01, places: 100 });
const floors: Floors = {
  uniform: 5,
  unigram: 4,
  bigram: 3,
  best: {
    mlm: best(0.2),
    rtd: { ...best(0.003), label: 'best, fakes by word counts' },
    'rtd-perfect': { ...best(0.04), label: 'best, perfect fakes' },
  },
};
const stepOf = (step: number, losses: Step['losses']): Step => ({
  step,
  loss: 1,
  losses,
  atMs: 0,
  tokens: 10,
  scoredShare: 0.1,
});
const electra = questionsOf(runFrom({ architecture: 'electra', noising: 'rtd' }));
const bert = questionsOf(runFrom({ pairing: 'nsp' }));
const xlnet = questionsOf(runFrom({ architecture: 'xlnet', noising: 'plm' }));
const judged: Evaluation = {
  step: 0,
  losses: { mlm: 5, rtd: 0.7 },
  accuracies: { mlm: 0, rtd: 0.5 },
  positives: { rtd: 0.1 },
};

test('generator and discriminator have a chart each, with the lines of their own question', () => {
  const charts = lossCharts({
    questions: electra,
    steps: [stepOf(1, { mlm: 4.9, rtd: 0.6 })],
    evaluations: [judged],
    floors,
  });
  expect(charts.map(({ title }) => title)).toEqual(['generator: hidden tokens', 'discriminator: replaced or original']);
  expect(charts[0]!.references).toEqual([
    { name: 'all words alike', loss: 5 },
    { name: 'as often as they occur', loss: 4 },
    { name: 'the word before', loss: 3 },
    { name: 'best possible', loss: 0.2, best: true },
  ]);
  expect(charts[1]!.references).toEqual([
    { name: 'a coin', loss: Math.LN2 },
    { name: 'best, perfect fakes', loss: 0.04, best: true },
    { name: 'best, fakes by word counts', loss: 0.003, best: true },
  ]);
});

test('what knowing the share of replaced tokens is worth is drawn beside the discriminator', () => {
  const [, discriminator] = lossCharts({ questions: electra, steps: [], evaluations: [judged], floors });
  const [model, rate] = discriminator!.series;
  expect(model!.traces[0]!.heldOut).toEqual([[0, 0.7]]);
  expect(rate).toMatchObject({ name: 'knowing only how many', guide: true });
  // −0.1 ln 0.1 − 0.9 ln 0.9
  expect(rate!.traces[0]!.training[0]![1]).toBeCloseTo(0.32508, 5);
});

test('a loss that comes only after a first phase without it has its chart from the beginning', () => {
  const evaluations: Evaluation[] = [
    { step: 0, losses: { mlm: 5, nsp: 0.69 }, accuracies: {}, positives: { nsp: 0.5 } },
  ];
  const steps = [stepOf(1, { mlm: 4.9 }), stepOf(2, { mlm: 4.8, nsp: 0.7 })];
  const charts = lossCharts({ questions: bert, steps, evaluations, floors });
  expect(charts.map(({ name }) => name)).toEqual(['mlm', 'nsp']);
  expect(charts[1]!.series[0]!.traces[0]!.training).toEqual([[2, 0.7]]);
  expect(charts[1]!.references).toEqual([{ name: 'a coin', loss: Math.LN2 }]);
});

test('before it is started a run shows the stored one with its lines', () => {
  const [chart] = lossCharts({
    questions: xlnet,
    steps: [],
    evaluations: [],
    floors: undefined,
    stored: { evaluations: [{ step: 0, losses: { plm: 5 }, accuracies: {} }], floors: { ...floors, best: {} } },
  });
  expect(chart!.series.map(({ name, ghost = false, traces }) => [name, ghost, traces[0]!.heldOut])).toEqual([
    ['stored run', false, [[0, 5]]],
  ]);
  expect(chart!.references.map(({ name }) => name)).toEqual([
    'all words alike',
    'as often as they occur',
    'the word before',
  ]);
  expect(lossCharts({ questions: xlnet, steps: [], evaluations: [], floors: undefined })).toEqual([]);
});

test('a match to a teacher has neither a coin nor word counts beside it', () => {
  const questions = questionsOf(runFrom({ architecture: 'distilbert' }));
  const taught: Evaluation = { step: 0, losses: { mlm: 5, cosine: 0.9 }, accuracies: { mlm: 0.1 } };
  const [tokens, match] = lossCharts({ questions, steps: [], evaluations: [taught], floors });
  expect(tokens!.references.map(({ name }) => name)).toEqual([
    'all words alike',
    'as often as they occur',
    'the word before',
    'best possible',
  ]);
  expect(match!.title).toBe("the teacher's direction");
  expect(match!.references).toEqual([]);
});

test('a step that asks nothing is a gap in the curve, and is counted', () => {
  const asking = (step: number, count: number): Step => ({
    ...stepOf(step, count > 0 ? { mlm: 5 - step } : {}),
    asked: { mlm: count },
  });
  const steps = [asking(1, 0), asking(2, 3), asking(3, 0)];
  const [chart] = lossCharts({ questions: bert, steps, evaluations: [], floors });
  expect(chart!.series[0]!.traces[0]!.training).toEqual([
    [1, Number.NaN],
    [2, 3],
    [3, Number.NaN],
  ]);
  expect(unasked('mlm', steps)).toBe('in 2 of 3 steps');
  expect(unasked('mlm', [asking(1, 2)])).toBeUndefined();
  // A first phase that leaves a question out has no gap in it: nothing was to be asked.
  expect(unasked('nsp', steps)).toBeUndefined();
  // Steps kept before this was counted say nothing of it.
  expect(unasked('mlm', [stepOf(1, { mlm: 5 })])).toBeUndefined();
});

test('an evaluation that asks nothing has no dot', () => {
  const evaluations: Evaluation[] = [
    { step: 0, losses: { mlm: 5 }, accuracies: {} },
    { step: 10, losses: {}, accuracies: {} },
  ];
  const [chart] = lossCharts({ questions: bert, steps: [], evaluations, floors });
  expect(chart!.series[0]!.traces[0]!.heldOut).toEqual([[0, 5]]);
});

test('a run that learns from few documents has three curves: its holes, new ones in the same text, new text', () => {
  const at = (step: number, fresh: number, same: number): Evaluation => ({
    step,
    losses: { mlm: fresh },
    accuracies: {},
    sets: { sameText: { losses: { mlm: same }, accuracies: {} } },
  });
  const evaluations = [at(0, 5, 5), at(2, 4, 3)];
  const questions = questionsOf(runFrom({}));
  const batches = [{ step: 2, losses: { mlm: 1.5 } }];
  const [before] = lossCharts({ questions, steps: [], evaluations: [], floors, stored: { evaluations, batches } });
  expect(before!.series.map(({ name, ghost, traces: [trace] }) => [name, ghost, trace])).toEqual([
    ['its own holes', false, { training: [[2, 1.5]] }],
    [
      'new holes, same text',
      false,
      {
        training: [],
        heldOut: [
          [0, 5],
          [2, 3],
        ],
      },
    ],
    [
      'new text',
      false,
      {
        training: [],
        heldOut: [
          [0, 5],
          [2, 4],
        ],
      },
    ],
  ]);
  expect(before!.references.at(-1)).toEqual({ name: 'best possible without memory', loss: 0.2, best: true });
  const steps = [stepOf(1, { mlm: 2 })];
  const [live] = lossCharts({ questions, steps, evaluations, floors, stored: { evaluations, batches } });
  expect(live!.series.map(({ name, ghost }) => (ghost ? `pale ${name}` : name))).toEqual([
    'its own holes',
    'new holes, same text',
    'new text',
    'pale stored run',
    'pale stored run',
    'pale stored run',
  ]);
  // Beside other runs it is one curve, as they are.
  expect(live!.whole[0]!.traces[0]).toEqual({
    training: [[1, 2]],
    heldOut: [
      [0, 5],
      [2, 4],
    ],
  });
});

test('a result that was stored without those sets is drawn as ever', () => {
  const evaluations: Evaluation[] = [{ step: 0, losses: { mlm: 5 }, accuracies: {} }];
  const questions = questionsOf(runFrom({}));
  const [chart] = lossCharts({ questions, steps: [], evaluations: [], floors, stored: { evaluations } });
  expect(chart!.series.map(({ name }) => name)).toEqual(['stored run']);
  expect(chart!.references.at(-1)!.name).toBe('best possible');
});
