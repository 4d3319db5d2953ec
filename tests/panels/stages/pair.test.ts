import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { pairings } from '../../../src/objectives/catalog.ts';
import { modelVerdict, playPair } from '../../../src/panels/stages/shared/pair.ts';
import type { TapeState } from '../../../src/panels/tape.ts';
import { bestVerdict, wholePair } from '../../../src/training/pair-verdict.ts';
import { exact, toIds, vocabulary } from '../../support/lost-and-found.ts';
import { tools as text } from '../tape-tools.ts';

const start: TapeState = { seed: '1', draw: 0, redraws: [], options: {} };
const tools = {
  pairing: pairings.nsp!,
  isHeldOut: true,
  maxLength: 24,
  documents: text.documents,
  tokenizer: text.tokenizer,
};
const show = (state: TapeState, own = tools) => playPair(state, own);
const coinOf = (state: TapeState, own = tools) => show(state, own).coin!.answer;

describe('a pair on the page', () => {
  test('is fixed by its seed, and another with another draw', () => {
    expect(show(start)).toEqual(show({ ...start }));
    const coins = [0, 1, 2, 3, 4, 5, 6, 7].map((draw) => coinOf({ ...start, draw }));
    expect(new Set(coins)).toEqual(new Set(['yes', 'no, it comes from elsewhere']));
  });
  test('is told decision by decision: first a document, then one stretch, then the coin', () => {
    expect(show({ ...start, at: 0 })).toMatchObject({ sources: [], textA: '', textB: '' });
    const stretch = show({ ...start, at: 3 });
    expect(stretch.sources).toHaveLength(1);
    expect(stretch.a).toBeDefined();
    expect(stretch.b).toBeUndefined();
    expect(stretch.sequence).toBeUndefined();
    expect(stretch.verdict).toBe('One stretch of text so far, not cut yet');
  });
  test('from elsewhere shows both documents and bears label 1; a pair that follows shows one', () => {
    const states = [0, 1, 2, 3, 4, 5, 6, 7].map((draw) => ({ ...start, draw }));
    const other = show(states.find((state) => coinOf(state) !== 'yes')!);
    expect(other.sources).toHaveLength(2);
    expect(other.verdict).toBe('Label 1: B is from another document');
    expect(other.b!.document).not.toBe(other.a!.document);
    const same = show(states.find((state) => coinOf(state) === 'yes')!);
    expect(same.sources).toHaveLength(1);
    expect(same.verdict).toBe('Label 0: B follows A');
  });
  test('swapped is the same text in the other order', () => {
    const sop = { ...tools, pairing: pairings.sop! };
    const state = [0, 1, 2, 3, 4, 5, 6, 7]
      .map((draw) => ({ ...start, draw }))
      .find((one) => coinOf(one, sop) === 'no, they change places')!;
    const { a, b, verdict } = show(state, sop);
    expect(a!.document).toBe(b!.document);
    expect(a!.first).toBeGreaterThan(b!.last);
    expect(verdict).toBe('Label 1: A and B have changed places');
  });
  test('has one decision drawn anew while the document stays', () => {
    const coinAt = show(start).decisions.findIndex(({ question }) => question === 'Does B follow A?');
    const again = show({ ...start, redraws: [coinAt] });
    expect(again.sources[0]).toEqual(show(start).sources[0]);
    expect(again.a).toEqual(show(start).a);
  });
  test('cannot be made from a single document, and says what to do', () => {
    const single = { ...tools, documents: tools.documents.slice(0, 1) };
    expect(() => playPair(start, single)).toThrow(AppError);
    expect(() => playPair(start, single)).toThrow('separate documents by an empty line');
  });
});

describe('verdicts on a pair', () => {
  test('of a model are the softmax of its two logits', () => {
    expect(modelVerdict({ shape: [1, 2], data: Float32Array.of(Math.log(3), 0) })).toBeCloseTo(0.75, 6);
  });
  test('are asked for with nothing hidden and no token scored', () => {
    expect(wholePair({ ids: [2, 5, 3], segments: [0, 0, 0], pairLabel: 1 })).toEqual({
      inputIds: [2, 5, 3],
      segments: [0, 0, 0],
      labels: [-100, -100, -100],
      pairLabel: 1,
    });
  });
  test('of the best reader are exact: after an opening, a day of its hero is 12 times as likely to follow', () => {
    const opening = toIds('once upon a time , leo lived in hong kong and lost a red kite .');
    const day = toIds('on friday , leo went to the farm and saw a cow .');
    const ids = [vocabulary.classifyId, ...opening, vocabulary.separateId, ...day, vocabulary.separateId];
    const sequence = { ids, segments: ids.map(() => 0) };
    expect(bestVerdict(sequence, pairings.nsp!, exact, vocabulary.isSpecial)).toBeCloseTo(12 / 13, 12);
    expect(bestVerdict(sequence, pairings.sop!, exact, vocabulary.isSpecial)).toBe(1);
  });
  test('of the best reader exist only for text of a known grammar', () => {
    const sequence = { ids: toIds('[CLS] the cat [SEP]'), segments: [0, 0, 0, 0] };
    expect(bestVerdict(sequence, pairings.nsp!, undefined, vocabulary.isSpecial)).toBeUndefined();
    expect(bestVerdict(sequence, pairings.contiguous!, exact, vocabulary.isSpecial)).toBeUndefined();
  });
});
