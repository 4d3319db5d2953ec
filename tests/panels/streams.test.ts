import { describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { noisings, pairings } from '../../src/objectives/catalog.ts';
import type { RtdDraws } from '../../src/objectives/rtd/index.ts';
import { noiseOf, packed, playText } from '../../src/panels/packed.ts';
import { questionAt } from '../../src/panels/quiz.ts';
import { quiz } from '../../src/panels/stages/mlm/quiz.ts';
import { orderExample, orderText } from '../../src/panels/stages/plm/order.ts';
import { sampledBy } from '../../src/panels/stages/rtd/relay.ts';
import { playPair } from '../../src/panels/stages/shared/pair.ts';
import type { TapeState } from '../../src/panels/tape.ts';
import { prepare } from '../../src/training/data.ts';
import { defaultRun } from '../../src/training/settings.ts';
import { toy, words } from '../support/toy-vocabulary.ts';
import { start, tools } from './tape-tools.ts';

const later: TapeState = { ...start, seed: '16', draw: 2, redraws: [1, 0, 1] };

function drawn(id: string, state: TapeState): string {
  const mine = { ...tools, noising: noisings[id]! };
  const { decisions } = playText(state, packed(state, mine), mine);
  return decisions.map(({ answer }) => answer).join(' | ');
}
function paired(id: string, seed: string, draw: number, redraws: readonly number[]): string {
  const own = { ...tools, pairing: pairings[id]!, isHeldOut: true };
  const { decisions } = playPair({ seed, draw, redraws, options: {} }, own);
  return decisions.map(({ answer }) => answer).join(' | ');
}

// Addresses that were sent years ago must show what they showed: the names of the streams are part of them.
describe('the same address shows the same draws for ever:', () => {
  test.each([
    ['causal', '1 (the) | 2 (cat) | 3 (sat) | 4 (on) | 5 (the) | 6 (mat) | 7 (.)'],
    [
      'denoise',
      'the cat sat on the mat . | the cat sat on the mat . | 1 | 3, cut to 2 | ., shown as [MASK] | the mat, shown as [MASK]',
    ],
    ['mlm', '2 (cat) | [MASK]'],
    ['plm', '2 (cat) | 6 (mat) | 5 (the) | 3 (sat) | 1 (the) | 4 (on) | 7 (.)'],
    ['rtd', '2 (cat) | [MASK] | mat'],
  ])('of %s on a sentence, some drawn anew', (id, said) => {
    expect(drawn(id, { ...later, options: noisings[id]!.defaults })).toBe(said);
  });

  test('of masks, and of a passage from the corpus', () => {
    expect(drawn('mlm', start)).toBe('1 (the) | [MASK] | 7 (.) | [MASK] | 2 (cat) | [MASK]');
    expect(drawn('mlm', later)).toBe('3 (sat) | [MASK] | 4 (on) | [MASK] | 7 (.) | [MASK]');
    const { sentence: _, ...passage } = later;
    expect(drawn('mlm', passage)).toBe('12 (.) | [MASK] | 3 (is) | [MASK] | 2 (york) | [MASK] | 1 (new) | [MASK]');
  });

  test('of pairs', () => {
    expect(paired('nsp', '1', 0, [])).toBe('2 of 2 | 21 | 1 to 2 | 1 | yes');
    expect(paired('nsp', '7', 3, [2, 0, 2])).toBe('2 of 2 | 11 | 1 to 2 | 1 | yes');
    expect(paired('sop', '1', 0, [])).toBe('2 of 2 | 21 | 1 to 2 | 1 | yes');
    expect(paired('contiguous', '7', 3, [0])).toBe('2 of 2 | 2 to 2');
  });

  test('of a sentence and the order in which it is read', () => {
    const mine = { ...tools, noising: noisings.plm! };
    const state = { seed: '5', draw: 4, redraws: [2, 3], options: noisings.plm!.defaults };
    const text = orderText(state, mine);
    expect(words(text.sequence.ids)).toBe('[CLS] the cat sat on the mat . [SEP]');
    expect(orderExample(state, text, mine).order).toEqual([0, 8, 1, 3, 6, 7, 2, 5, 4]);
  });

  test("of a generator's samples", () => {
    const mine = { ...tools, noising: noisings.rtd! };
    const state = { ...later, options: { ...noisings.rtd!.defaults, rate: 0.5 } };
    const draws = noiseOf(state, packed(state, mine), mine) as RtdDraws;
    const even = { shape: [1, 9, toy.size], data: new Float32Array(9 * toy.size) };
    const ids = sampledBy(draws, even, state).steps.flatMap((step) => (step.kind === 'sample' ? [step.id] : []));
    expect(words(ids)).toBe('sat sun cat rug');
  });

  test('of questions about masks', async () => {
    const { train, vocabulary } = await prepare(defaultRun.text);
    const text = { documents: train, vocabulary };
    const prompts = [0, 1, 2, 3, 4].map((number) => questionAt(quiz, number, text, createRng('1'))?.prompt);
    expect(prompts).toEqual([
      'Only one of these rows can come from the sentence. Which?',
      'What is the label at place 9?',
      'Chosen were the places 7 and 9. Which tokens bear loss although they look unchanged?',
      'The row has 15 tokens, its frame included. How many of them are chosen?',
      'The places of all ordinary tokens were shuffled, and the order begins 5, 13, 3, 7, 10. Point out the places that are chosen.',
    ]);
  });
});
