import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import {
  drawnAnew,
  drawsOf,
  type MaskingState,
  packed,
  redrawn,
  shownAt,
  takenBack,
} from '../../src/panels/masking.ts';
import { words } from '../support/toy-vocabulary.ts';
import { start, tools } from './masking-tools.ts';

function show(state: MaskingState) {
  const text = packed(state, tools);
  return shownAt(state, text, drawsOf(state, text, tools), tools);
}
const masked = (state: MaskingState) => show(state).example.labels.flatMap((label, i) => (label >= 0 ? [i] : []));

describe('the state of the masking panel', () => {
  test('fixes every draw', () => {
    expect(show(start)).toEqual(show({ ...start }));
    expect(masked(start)).toHaveLength(3);
    expect(show({ ...start, seed: '2' })).not.toEqual(show(start));
  });
  test('shows as many decisions as it says, and with none the text as it is', () => {
    const none = show({ ...start, at: 0 });
    expect(words(none.example.inputIds)).toBe('[CLS] the cat sat on the mat . [SEP]');
    expect(none.notes).toEqual([]);
    expect(masked({ ...start, at: 1 })).toHaveLength(1);
    expect(show({ ...start, at: 999 }).at).toBe(show(start).decisions.length);
  });
  test('draws all anew with another number, and one anew without touching the others', () => {
    expect(show(drawnAnew({ ...start, at: 2, redraws: [0] }))).toEqual(show({ ...start, draw: 1 }));
    const once = redrawn(start, 1);
    expect(once.redraws).toEqual([1]);
    expect(show(once).decisions[0]).toEqual(show(start).decisions[0]);
    expect(show(takenBack(once))).toEqual(show(start));
  });
});

describe('the text on its way into the objective', () => {
  test('is framed, cut to its length and told of what is unknown', () => {
    const text = packed({ ...start, sentence: `walrus ${'cat '.repeat(30)}` }, tools);
    expect(text.sequence.ids).toHaveLength(24);
    expect(text.remarks).toEqual([
      'Only the first 22 of 31 tokens fit into 24 with the frame; the rest is left out.',
      'One token is not in the vocabulary of this corpus and stands as [UNK].',
    ]);
  });
  test('is refused in a sentence when it is empty', () => {
    expect(() => packed({ ...start, sentence: '  ' }, tools)).toThrow(AppError);
  });
  test('comes from the corpus when there is no sentence, and marks where another document begins', () => {
    const { sentence: _, ...drawn } = start;
    const both = Array.from({ length: 12 }, (__, draw) => packed({ ...drawn, draw }, tools));
    expect(both.every(({ sequence }) => sequence.segments.includes(1))).toBe(true);
    for (const { sequence, documentStart } of both)
      expect(documentStart).toBe(sequence.pairLabel === 1 ? sequence.segments.indexOf(1) : undefined);
    expect(new Set(both.map(({ sequence }) => sequence.pairLabel))).toEqual(new Set([0, 1]));
  });
  test('refuses an option out of its range, naming the control', () => {
    const state = { ...start, options: { ...start.options, rate: 2 } };
    expect(() => drawsOf(state, packed(state, tools), tools)).toThrow(
      'Masking rate (rate) is 2, but it must be between 0 and 1.',
    );
  });
});
