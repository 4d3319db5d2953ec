import { expect, test } from 'vitest';
import { progressOf, timeText, together } from '../../../../src/app/pages/home/progress.ts';
import { lessonsOf, readCourse } from '../../../../src/app/pages/home/reading.ts';
import { recipeAddress } from '../../../../src/app/pages/home/recipe.ts';
import { decodeRun } from '../../../../src/app/run-address.ts';
import { compareAddress, members } from '../../../../src/figures/family.ts';
import { blueprints } from '../../../../src/models/catalog.ts';
import { stateOf } from '../../../../src/panels/compare/address.ts';

const queryOf = (address: string) => new URLSearchParams(address.split('?')[1]);

test('a lesson goes on at its first step that was not on the screen, and is done when all were', () => {
  const steps = ['a', 'b', 'c'];
  expect(progressOf(steps, [])).toEqual({ read: 0, of: 3, isDone: false, step: '' });
  expect(progressOf(steps, ['a', 'c', 'gone'])).toEqual({ read: 2, of: 3, isDone: false, step: 'b' });
  expect(progressOf(steps, ['c', 'b', 'a'])).toEqual({ read: 3, of: 3, isDone: true, step: '' });
  expect(progressOf([], []).isDone).toBe(false);
});

test('a model is read when all of its lessons are; one without a lesson never is', () => {
  const [done, open] = [progressOf(['a'], ['a']), progressOf(['a', 'b'], ['a'])];
  expect(together([done, done])).toEqual({ read: 2, of: 2, isDone: true });
  expect(together([done, open])).toEqual({ read: 2, of: 3, isDone: false });
  expect(together([]).isDone).toBe(false);
});

test('without a memory of steps the course begins with its first lesson', () => {
  const reading = readCourse();
  expect(reading.all.read).toBe(0);
  expect(reading.addressOf(reading.next!)).toBe('#/lesson/masked-language-modelling');
  expect(lessonsOf('xlnet').map(({ slug }) => slug)).toEqual(['permutation']);
});

test('time is said in hours and minutes', () => {
  expect([45, 60, 325, 0].map(timeText)).toEqual(['45 min', '1 h', '5 h 25 min', '0 min']);
});

test('every node of the map opens its row in the table, and a run of its own in the playground', () => {
  expect(members.map(({ architecture }) => architecture).toSorted()).toEqual(Object.keys(blueprints).toSorted());
  for (const member of members) {
    const problems: string[] = [];
    const { held } = stateOf(queryOf(compareAddress(member)), problems);
    expect([held, problems]).toEqual([`${member.architecture}.base`, []]);
    const { run, problems: others } = decodeRun(queryOf(recipeAddress(member.architecture)));
    expect([run.model.architecture, others]).toEqual([member.architecture, []]);
  }
});
