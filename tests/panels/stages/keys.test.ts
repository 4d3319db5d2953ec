import { expect, test } from 'vitest';
import { keptKeys, type Stage } from '../../../src/panels/stages.ts';

const stages = import.meta.glob<Stage>('../../../src/panels/stages/*/stage.ts', { eager: true, import: 'stage' });
const kept = Object.values(stages).flatMap(({ keeps = {} }) => Object.entries(keeps));

test('a key that stages keep in the address means the same in each, and nothing else', () => {
  expect(kept.filter(([key, kind]) => keptKeys[key] !== kind)).toEqual([]);
  const taken = ['sentence', 'seed', 'draw', 'redraws', 'at', 'present'];
  expect(kept.filter(([key]) => taken.includes(key) || !/^[a-z]+$/i.test(key))).toEqual([]);
  expect(Object.keys(keptKeys)).toContain('order');
});
