import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { rowsOf } from '../../src/figures/notes.ts';
import { noisings } from '../../src/objectives/catalog.ts';
import { noiseOf, packed, playText } from '../../src/panels/packed.ts';
import { drawnAnew, drawnFirst, redrawn, type TapeState, takenBack } from '../../src/panels/tape.ts';
import { toy, words } from '../support/toy-vocabulary.ts';
import { start, tools } from './tape-tools.ts';

const show = (state: TapeState) => playText(state, packed(state, tools), tools);
const masked = (state: TapeState) => show(state).example.labels.flatMap((label, i) => (label >= 0 ? [i] : []));

describe('the state of a tape', () => {
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
    expect(drawnFirst(redrawn(drawnAnew(drawnAnew(start)), 1))).toEqual(start);
    const once = redrawn(start, 1);
    expect(once.redraws).toEqual([1]);
    expect(show(once).decisions[0]).toEqual(show(start).decisions[0]);
    expect(show(takenBack(once))).toEqual(show(start));
  });
});

describe('every objective', () => {
  test.each(Object.keys(noisings))('%s can be shown after each of its decisions, a dot for each label', (id) => {
    const noising = noisings[id]!;
    const mine = { ...tools, noising };
    const state = { ...start, options: noising.defaults };
    const text = packed(state, mine);
    const { length } = playText(state, text, mine).decisions;
    expect(length).toBeGreaterThan(0);
    for (let at = 0; at <= length; at++) {
      const { example, notes } = playText({ ...state, at }, text, mine);
      const rows = rowsOf(text.sequence, example, notes, {
        tokenOf: (of) => toy.tokens[of] ?? '?',
        isSpecial: toy.isSpecial,
      });
      const last = rows.at(-1)!.chips;
      const scored = last.flatMap((chip, i) => (chip.scored ? [i] : []));
      const asked = example.labels.flatMap((label, i) => (label >= 0 ? [i] : []));
      expect(scored).toEqual(example.replaced ? last.map((_, i) => i) : asked);
    }
  });
  test.each(Object.keys(noisings))('%s can have each of its decisions drawn anew', (id) => {
    const mine = { ...tools, noising: noisings[id]! };
    const state = { ...start, options: noisings[id]!.defaults };
    const text = packed(state, mine);
    const { decisions } = playText(state, text, mine);
    for (const index of decisions.keys()) {
      expect(playText(redrawn(state, index), text, mine).decisions.length).toBeGreaterThan(0);
    }
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
    expect(() => noiseOf(state, packed(state, tools), tools)).toThrow(
      'Masking rate (rate) is 2, but it must be between 0 and 1.',
    );
  });
});
