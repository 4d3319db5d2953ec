import { beforeAll, expect, test } from 'vitest';
import { loadTowers, type TowerPlan, towerOf } from '../../src/panels/towers.ts';

const albert: TowerPlan = {
  name: 'ALBERT',
  model: 'albert',
  layers: 4,
  hidden: 64,
  vocabulary: 187,
  length: 40,
  options: { embedding: 16 },
};
const bertBase: TowerPlan = {
  name: 'BERT-base',
  model: 'bert',
  layers: 12,
  hidden: 768,
  heads: 12,
  vocabulary: 30_522,
  length: 512,
};
beforeAll(() => loadTowers([albert, bertBase]));

const sharing = (share: string) => towerOf(albert, { by: 'numbers', halves: true, chosen: { share } });
const labels = (share: string) => sharing(share).floors.map(({ cells = [] }) => cells.map(({ label }) => label));

test('a model of one layer is one floor with a loop, and what is shared has one name on all floors', () => {
  expect([sharing('all').loop, sharing('all').floors.length]).toEqual([4, 1]);
  expect(labels('attention')).toEqual([1, 2, 3, 4].map((i) => ['attention', `feed-forward ${i}`]));
  expect(labels('feedForward')).toEqual([1, 2, 3, 4].map((i) => [`attention ${i}`, 'feed-forward']));
  expect(labels('none')[3]).toEqual(['attention 4', 'feed-forward 4']);
  expect(sharing('none').floors[0]?.cells?.map(({ hue }) => hue)).toEqual([undefined, undefined]);
});

test('work is done anew at each pass: by work a shared layer is drawn as often as it is walked', () => {
  const { loop, floors } = towerOf(albert, { by: 'work', halves: false, chosen: { share: 'all' } });
  expect([loop, new Set(floors.map(({ width }) => width)).size, floors.length]).toEqual([undefined, 1, 4]);
});

test('sharing takes weights away and no work', () => {
  const notes = ['none', 'attention', 'feedForward', 'all'].map((share) => sharing(share).note);
  expect(notes).toEqual([210, 160, 111, 60.3].map((k) => `${k} k weights, 197 k multiply-adds a token`));
});

test('a published size is counted as its paper has it', () => {
  const tower = towerOf(bertBase, { by: 'weights', halves: false, chosen: {} });
  expect(tower.floors).toHaveLength(12);
  expect(tower.floors[0]?.width).toBe(7_087_872);
  expect(towerOf(bertBase, { by: 'work', halves: false, chosen: {} }).floors[0]?.width).toBe(12 * 768 * 768);
});

test('a tower of floors alone needs no model, and marks and doors count from 1', () => {
  const plan = { name: 'Teacher', floors: 3, width: 512, inner: 128, lit: [2], door: { floor: 3, words: 'places' } };
  const tower = towerOf(plan, { by: 'numbers', halves: false, chosen: {} });
  expect(tower.floors[1]).toEqual({ width: 512, inner: 128, lit: true });
  expect(tower.door).toEqual({ floor: 2, words: 'places' });
});

test('an architecture that there is not is told in a sentence', () => {
  expect(() => towerOf({ name: 'x', model: 'gpt' }, { by: 'numbers', halves: false, chosen: {} })).toThrow(
    'There is no architecture called "gpt". Choose one from the list.',
  );
});
