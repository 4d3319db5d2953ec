import { expect, test } from 'vitest';
import { corpora } from '../../src/text/catalog.ts';
import type { Hits } from '../../src/text/classes.ts';
import { heard, nothingHeard } from '../../src/training/history.ts';
import { type Milestone, milestonesOf, standingsOf } from '../../src/training/milestones.ts';
import type { Evaluation, Floors } from '../../src/training/protocol.ts';
import { defaultRun, withSettings } from '../../src/training/settings.ts';

const cities: Milestone = {
  id: 'pairs',
  title: 'Cities',
  loss: 'mlm',
  by: 'classes',
  classes: ['city', 'simile'],
  threshold: 0.7,
};
const hits = (right: number, asked: number): Hits => ({ right, asked });
const at = (step: number, classes?: Evaluation['classes']): Evaluation => ({
  step,
  losses: {},
  accuracies: {},
  classes,
});
const floorsWith = (best: Floors['best']): Floors => ({ uniform: 5.3, unigram: 4, bigram: 3, best });
const best = (classes: Readonly<Record<string, Hits>>) =>
  floorsWith({ mlm: { loss: 0.7, error: 0.1, places: 100, classes } });
const reachable = best({ city: hits(19, 20), simile: hits(76, 80) });

test('a milestone is reached at the first evaluation at which its classes together come to its share', () => {
  const evaluations = [
    at(0, { city: hits(0, 20), simile: hits(0, 80) }),
    at(50, { city: hits(20, 20), simile: hits(49, 80) }),
    at(100, { city: hits(20, 20), simile: hits(50, 80) }),
    at(150, { city: hits(0, 20), simile: hits(60, 80) }),
  ];
  const [standing] = standingsOf([cities], evaluations, reachable);
  expect(standing).toEqual({ milestone: cities, at: 0.6, needed: 0.7, best: 0.95, step: 100 });
  expect(standingsOf([cities], evaluations.slice(0, 2), reachable)[0]).toMatchObject({ at: 0.69, step: undefined });
});

test('where the exact reader tells little, nine tenths of that are enough', () => {
  const hard = best({ city: hits(10, 20), simile: hits(40, 80) });
  const evaluations = [
    at(50, { city: hits(8, 20), simile: hits(36, 80) }),
    at(100, { city: hits(9, 20), simile: hits(36, 80) }),
  ];
  expect(standingsOf([cities], evaluations, hard)).toEqual([
    { milestone: cities, at: 0.45, needed: 0.45, best: 0.5, step: 100 },
  ]);
});

test('a run that was kept before classes were counted has reached nothing and has no figure', () => {
  expect(standingsOf([cities], [at(0), at(50)], reachable)).toEqual([{ milestone: cities, best: 0.95 }]);
  expect(standingsOf([cities], [], undefined)).toEqual([{ milestone: cities }]);
  const later = [at(0), at(50, { city: hits(16, 20) }), at(100, { city: hits(18, 20) })];
  expect(standingsOf([cities], later, reachable)[0]).toMatchObject({ at: 0.9, step: 50 });
});

test('nothing is reached before it is known what can be reached', () => {
  const evaluations = [at(50, { city: hits(20, 20) })];
  expect(standingsOf([cities], evaluations, undefined)).toEqual([{ milestone: cities, at: 1 }]);
});

test('a run that is resumed has reached what it had before', () => {
  const evaluations = [at(0, { city: hits(0, 20) }), at(50, { city: hits(15, 20) })];
  const before = evaluations.reduce((known, one) => heard(known, { type: 'evaluated', at: one }), nothingHeard);
  const history = structuredClone({ steps: before.steps, evaluations: before.evaluations });
  const resumed = heard(nothingHeard, { type: 'started', run: defaultRun, step: 60, parameters: 7, history, kept: [] });
  const after = heard(resumed, { type: 'evaluated', at: at(100, { city: hits(18, 20) }) });
  expect(standingsOf([cities], after.evaluations, reachable)[0]).toMatchObject({ at: 0.9, step: 50 });
});

test('pairs are held against a coin and the best judge, and need a judge', () => {
  const run = withSettings(defaultRun, { pairing: 'sop', architecture: 'albert' });
  const pairs = milestonesOf(run).filter(({ by }) => by === 'judge');
  const told = (step: number, accuracy: number): Evaluation => ({ step, losses: {}, accuracies: { sop: accuracy } });
  const evaluations = [told(0, 0.5), told(50, 0.7), told(100, 0.86), told(150, 0.88)];
  const floors = floorsWith({ sop: { loss: 0.2, error: 0.01, places: 512, accuracy: 0.9 } });
  const standings = standingsOf(pairs, evaluations, floors);
  expect(standings.map(({ milestone, needed, step }) => [milestone.id, needed, step])).toEqual([
    ['half-judge', expect.closeTo(0.7, 9), 50],
    ['judge', expect.closeTo(0.87, 9), 150],
  ]);
  expect(standingsOf(pairs, evaluations, floorsWith({})).map(({ step }) => step)).toEqual([undefined, undefined]);
});

test('verdicts on tokens are held against knowing how often one is replaced', () => {
  const run = withSettings(defaultRun, { noising: 'rtd', architecture: 'electra', noisingOptions: {} });
  const told = (step: number, loss: number): Evaluation => ({
    step,
    losses: { rtd: loss, mlm: 3 },
    accuracies: {},
    positives: { rtd: 0.5 },
  });
  // A share of 0.5 leaves ln 2 = 0.693 nats of doubt.
  const evaluations = [told(0, 0.7), told(50, 0.63), told(100, 0.6), told(150, 0.34)];
  const standings = standingsOf(milestonesOf(run), evaluations, floorsWith({}));
  expect(standings.map(({ milestone, step }) => [milestone.id, step])).toEqual([
    ['rate', 100],
    ['fakes', 150],
  ]);
});

test('what is written is held against word counts and the best writer', () => {
  const run = withSettings(defaultRun, { noising: 'denoise', architecture: 'bart', noisingOptions: {} });
  const told = (step: number, loss: number): Evaluation => ({ step, losses: { denoise: loss }, accuracies: {} });
  const evaluations = [told(0, 5.3), told(50, 3.5), told(100, 0.7), told(150, 0.1)];
  const floors = floorsWith({ denoise: { loss: 0, error: 0, places: 1 } });
  expect(standingsOf(milestonesOf(run), evaluations, floors).map(({ step }) => step)).toEqual([50, 100, 150]);
});

test('words are told apart where the text has classes, and every milestone names classes that it has', () => {
  const run = withSettings(defaultRun, {});
  const milestones = milestonesOf(run);
  expect(milestones.map(({ id }) => id)).toEqual(['frames', 'pairs', 'copying', 'similes', 'heroes', 'clues']);
  const titles = Object.keys(corpora['lost-and-found']!.classes!.titles);
  expect(titles).toEqual(
    expect.arrayContaining(milestones.flatMap((one) => (one.by === 'classes' ? one.classes : []))),
  );
  expect(milestonesOf(withSettings(run, { corpus: 'pocket-stories' }))).toEqual([]);
  expect(milestonesOf(withSettings(run, { corpus: 'own' }))).toEqual([]);
});
