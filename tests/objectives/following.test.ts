import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { bestLosses } from '../../src/objectives/best.ts';
import { objective } from '../../src/objectives/following/index.ts';
import { makeExample } from '../../src/objectives/make.ts';
import type { Recipe, Turn } from '../../src/objectives/objective.ts';
import { drawStory } from '../../src/text/corpora/lost-and-found/story.ts';
import type { Document } from '../../src/text/document.ts';
import { exact, toIds, vocabulary } from '../support/lost-and-found.ts';
import { expectChiSquare, times } from '../support/statistics.ts';
import { stories } from '../support/stories.ts';
import { toy, words } from '../support/toy-vocabulary.ts';

const all = stories.flatMap(({ sentences }) => sentences.flat());
const follow = (at: Turn, maxLength: number) => objective.follow!(stories, { maxLength, frame: 'none' }, at);
const read = (at: Turn, maxLength: number) => objective.apply(stories, follow(at, maxLength));
const windowOf = (at: Turn, maxLength: number) =>
  follow(at, maxLength).steps.flatMap((step) => (step.kind === 'window' ? [step] : []))[0]!;

test('a row reads its share window by window, over the ends of sentences and documents', () => {
  expect(times(3, (turn) => words(read({ row: 0, rows: 1, turn }, 10).a))).toEqual([
    'the cat sat . it was big . the cat',
    'ran . it ran far . the sun rose .',
    'it was hot . the city was red . new',
  ]);
});

test.each([
  [1, 10],
  [2, 8],
  [3, 9],
  [4, 16],
  [5, 64],
])('%i rows with windows of %i tokens read every token once before they begin again', (rows, maxLength) => {
  const shares = times(rows, (row) => {
    const { windows } = windowOf({ row, rows, turn: 0 }, maxLength);
    return times(windows, (turn) => read({ row, rows, turn }, maxLength).a).flat();
  });
  expect(shares.flat()).toEqual(all);
  const lengths = shares.map(({ length }) => length);
  expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(2);
});

test('a turn begins where the one before ended, and behind the last one the row begins again', () => {
  for (const row of [0, 1, 2]) {
    const { windows } = windowOf({ row, rows: 3, turn: 0 }, 5);
    const turns = times(2 * windows, (turn) => windowOf({ row, rows: 3, turn }, 5));
    const ends = turns.slice(0, windows - 1).map(({ start, length }) => start + length);
    expect(turns.slice(1, windows).map(({ start }) => start)).toEqual(ends);
    expect(turns.slice(windows)).toEqual(turns.slice(0, windows));
  }
});

test('what comes next is fixed by row, rows and turn, and is plain data without chances', () => {
  const draws = follow({ row: 1, rows: 3, turn: 4 }, 10);
  expect(follow({ row: 1, rows: 3, turn: 4 }, 10)).toEqual(draws);
  expect(JSON.parse(JSON.stringify(draws))).toEqual(draws);
  expect(objective.decisions(stories, draws, toy)).toEqual([
    { question: 'Which row?', answer: '2 of 3' },
    { question: 'How far has it read?', answer: 'window 1 of 2', position: 0 },
  ]);
});

test('a window says where it comes from, and what the row has read of its document before', () => {
  const draws = follow({ row: 0, rows: 1, turn: 1 }, 10);
  const { origin, before } = objective.apply(stories, draws);
  expect(origin).toEqual([
    { document: 0, first: 2, last: 3, skip: 2 },
    { document: 1, first: 0, last: 0, skip: 0 },
  ]);
  expect(words(before!)).toBe('the cat sat . it was big . the cat');
  expect(objective.explain(stories, draws).map(({ text }) => text)).toEqual([
    'sentences 3 to 4 of document 1',
    'sentence 1 of document 2',
  ]);
  expect(words(read({ row: 0, rows: 1, turn: 2 }, 10).before!)).toBe('the sun rose .');
  // A row whose share begins within a document has read nothing of what stands before it.
  expect(read({ row: 1, rows: 3, turn: 0 }, 10).before).toEqual([]);
});

test('a window says which token stands behind it, but for the last one of the text', () => {
  const behind = times(5, (turn) => read({ row: 0, rows: 1, turn }, 10).next);
  expect(behind).toEqual([all[10], all[20], all[30], all[40], undefined]);
  // The last window of a share is followed by what the next row begins with.
  expect(read({ row: 0, rows: 2, turn: 1 }, 10).next).toBe(all[20]);
});

test('an example by itself is any window of any row', () => {
  const counts = times(8, () => 0);
  for (const seed of times(1600, (i) => i)) {
    const draws = objective.draw(stories, { maxLength: 8 }, toy, createRng(seed));
    for (const step of draws.steps) if (step.kind === 'row') counts[step.row]! += 1;
    expect(objective.apply(stories, draws).before).toBeUndefined();
  }
  expectChiSquare(
    counts,
    times(8, () => 200),
    29.88,
  );
});

test('a text with fewer tokens than rows is refused', () => {
  expect(() => follow({ row: 0, rows: 100, turn: 0 }, 10)).toThrow(
    'The text has 41 tokens, too few for 100 rows to read on in; choose or paste a longer text.',
  );
});

const recipe = (noising: string, more: Partial<Recipe> = {}): Recipe => ({
  pairing: 'following',
  noising,
  pairingOptions: { maxLength: 10 },
  noisingOptions: {},
  ...more,
});

test('an example goes on where its row is told to; a pairing that does not follow takes no notice', () => {
  const made = (of: Recipe, at?: Turn) => words(makeExample(stories, of, toy, createRng(5), at).sequence.ids);
  expect(made(recipe('causal'), { row: 0, rows: 1, turn: 1 })).toBe('[CLS] the cat ran . it ran far . [SEP]');
  expect(made(recipe('causal', { frame: 'none' }), { row: 0, rows: 1, turn: 1 })).toBe(
    'ran . it ran far . the sun rose .',
  );
  const drawn = recipe('causal', { pairing: 'contiguous' });
  expect(made(drawn, { row: 0, rows: 1, turn: 1 })).toBe(made(drawn));
});

/** Whole stories of so many days. */
function tell(count: number, days: number): readonly Document[] {
  const rng = createRng('told');
  return times(count, () => ({ sentences: drawStory(rng.next, days).map(toIds) }));
}

test.each(['none', 'bert'] as const)('read on in, windows cost the best reader what whole stories do (%s)', (frame) => {
  const told = tell(4, 4);
  const of = recipe('causal', { pairingOptions: { maxLength: 24 }, frame });
  const turns = times(60, (turn) => ({ row: 0, rows: 1, turn }));
  const tokens = told.flatMap(({ sentences }) => sentences.flat()).length;
  const count = Math.ceil(tokens / (frame === 'none' ? 24 : 22));
  const made = turns.slice(0, count).map((at) => makeExample(told, of, vocabulary, createRng(1), at));
  const { loss, places } = bestLosses(of, made, exact, vocabulary).causal!;
  let nats = 0;
  for (const { sentences } of told) {
    const ids = sentences.flat();
    exact.nextTokens(ids)!.forEach((posterior, i) => {
      nats -= Math.log(posterior![ids[i]!]!);
    });
  }
  expect(loss * places).toBeCloseTo(nats, 6);
  // Without a frame nothing stands before the very first token, which every story begins with.
  expect(tokens - places).toBe(frame === 'none' ? 1 : 0);
});

test('a judge that has not read on gives no figure where the text is read on in', () => {
  const told = tell(4, 4);
  const of = recipe('mlm', { pairingOptions: { maxLength: 24 } });
  const made = times(20, (turn) => makeExample(told, of, vocabulary, createRng(turn), { row: 0, rows: 1, turn }));
  expect(bestLosses(of, made, exact, vocabulary)).toEqual({});
});
