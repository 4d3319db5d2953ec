import { expect, test } from 'vitest';
import { isLeft } from '../../src/panels/left-run.ts';
import { compared, kept, nextLetter, reachOf, type TrayRun } from '../../src/panels/tray.ts';
import { madeOf, settings } from './made-runs.ts';

const run = settings();
const added = (letter: string, seed: string, steps = 10) => ({
  ...madeOf(settings({ seed }), steps),
  letter,
  from: 'here' as const,
});
const lettersOf = (tray: readonly TrayRun[]) => tray.map(({ letter }) => letter).join('');
const hide = (tray: readonly TrayRun[], letter: string) =>
  tray.map((one) => (one.letter === letter ? { ...one, isShown: false } : one));
const six = ['A', 'B', 'C', 'D', 'E', 'F'].reduce<readonly TrayRun[]>(
  (tray, letter) => kept(tray, added(letter, letter)),
  [],
);

test('a run is left when it is set back to its start or to a step before, when another comes, and when it is given up', () => {
  expect(isLeft(madeOf(run, 10), madeOf(run, 0))).toBe(true);
  expect(isLeft(madeOf(run, 10), madeOf(run, 5))).toBe(true);
  expect(isLeft(madeOf(run, 10), madeOf(settings({ heads: 4 }), 0))).toBe(true);
  expect(isLeft(madeOf(run, 10), undefined)).toBe(true);
});

test('a run is not left while it goes on', () => {
  expect(isLeft(madeOf(run, 10), madeOf(structuredClone(run), 11))).toBe(false);
});

test('two steps are too few to be kept, three are enough', () => {
  expect([2, 3].map((steps) => isLeft(madeOf(run, steps), madeOf(run, 0)))).toEqual([false, true]);
});

test('the next letter is the first that nobody has', () => {
  expect([nextLetter([]), nextLetter(['A', 'B']), nextLetter(['A', 'C'])]).toEqual(['A', 'C', 'B']);
});

test('what is kept is drawn', () => {
  expect(kept([], added('A', '1'))).toMatchObject([{ letter: 'A', isShown: true }]);
});

test('six are kept; of more the oldest that is not drawn goes first, and where all are drawn the oldest', () => {
  expect(lettersOf(six)).toBe('ABCDEF');
  expect(lettersOf(kept(six, added('G', '7')))).toBe('BCDEFG');
  expect(lettersOf(kept(hide(hide(six, 'E'), 'C'), added('G', '7')))).toBe('ABDEFG');
});

test('the same run made again stays once, under its letter, with the longer of its curves', () => {
  const short = kept([], added('A', '1', 10));
  const longer = kept(hide(short, 'A'), added('B', '1', 20));
  expect(longer.map((one) => [one.letter, reachOf(one), one.isShown])).toEqual([['A', 20, true]]);
  const still = kept(longer, added('B', '1', 5));
  expect(still.map((one) => [one.letter, reachOf(one)])).toEqual([['A', 20]]);
});

test('a stored run of another device stays beside the same run made here', () => {
  expect(lettersOf(kept(kept([], added('A', '1')), { ...added('B', '1'), from: 'stored' }))).toBe('AB');
});

test('two runs are set side by side in the order of their letters, a ghost and a single one with none', () => {
  const live = { ...madeOf(run, 10), letter: 'B' };
  const [ghost] = kept([], { ...madeOf(run, 20), letter: 'A', from: 'here' });
  const [other] = kept([], added('C', '2'));
  const letters = (both: ReturnType<typeof compared>) => both?.map(({ letter }) => letter).join('');
  expect(letters(compared(live, [ghost!]))).toBeUndefined();
  expect(letters(compared(live, [ghost!, other!]))).toBe('BC');
  expect(letters(compared(undefined, [other!]))).toBeUndefined();
  expect(letters(compared(undefined, [other!, ghost!]))).toBe('AC');
});
