import { describe, expect, test } from 'vitest';
import { objective, type RtdDraws } from '../../../src/objectives/rtd/index.ts';
import { reading, relayOf, sampledBy, sharesOf } from '../../../src/panels/stages/rtd/relay.ts';
import { ids, toy } from '../../support/toy-vocabulary.ts';
import { start } from '../tape-tools.ts';

const sequence = { ids: ids('[CLS] the cat sat . [SEP]'), segments: [0, 0, 0, 0, 0, 0] };
const at = (about: number, position: number, word: string): RtdDraws['steps'] => [
  { kind: 'place', about, position, chance: 0.5 },
  { kind: 'shown', about, position, id: toy.maskId, chance: 1 },
  { kind: 'sample', about, position, id: toy.idOf(word)!, isAveraged: false, chance: 0.1 },
];
const draws: RtdDraws = { steps: [...at(0, 2, 'dog'), ...at(1, 3, 'sat')] };
/** Logits that leave one token possible at each place. */
function certain(words: readonly string[]) {
  const data = new Float32Array(words.length * toy.size);
  words.forEach((word, i) => {
    data[i * toy.size + toy.idOf(word)!] = 60;
  });
  return { shape: [1, words.length, toy.size], data };
}

describe('two models with a sentence between them', () => {
  test('have a place open between its mask and its sample, and judge nothing until then', () => {
    const cut: RtdDraws = { steps: draws.steps.slice(0, 5) };
    const relay = relayOf(sequence, objective.apply(sequence, cut), cut, toy, undefined, false);
    expect(relay.map(({ open = false }) => open)).toEqual([false, false, false, true, false, false]);
    expect(relay[3]!.sampled).toBe('?');
    expect(relay[2]!.sampled).toBe('dog');
    expect(relay.every(({ unasked }) => unasked)).toBe(true);
    const whole = relayOf(sequence, objective.apply(sequence, draws), draws, toy, undefined);
    expect(whole.some(({ open, unasked }) => open || unasked)).toBe(false);
  });
  test('see the text, a mask, what was sampled; a lucky guess is the original', () => {
    const relay = relayOf(sequence, objective.apply(sequence, draws), draws, toy, undefined);
    expect(relay.slice(1, 4)).toMatchObject([
      { original: 'the', given: 'the', sampled: 'the', filled: false },
      { original: 'cat', given: '[MASK]', sampled: 'dog', filled: true },
      { original: 'sat', given: '[MASK]', sampled: 'sat', filled: true },
    ]);
  });
  test('take their substitutes from the generator once there is one, each with its probability', () => {
    const sampled = sampledBy(draws, certain(['the', 'the', 'rug', 'sat', '.', '.']), start);
    expect(sampled.steps.filter(({ kind }) => kind === 'sample')).toEqual([
      { kind: 'sample', about: 0, position: 2, id: toy.idOf('rug'), isAveraged: false, chance: expect.closeTo(1, 10) },
      { kind: 'sample', about: 1, position: 3, id: toy.idOf('sat'), isAveraged: false, chance: expect.closeTo(1, 10) },
    ]);
    expect(objective.apply(sequence, sampled).replaced).toEqual([0, 0, 1, 0, 0, 0]);
  });
  test('keep the other samples where one is drawn anew', () => {
    const even = { shape: [1, 6, toy.size], data: new Float32Array(6 * toy.size) };
    const idsOf = (redraws: readonly number[]) =>
      sampledBy(draws, even, { ...start, redraws }).steps.flatMap((step) => (step.kind === 'sample' ? [step.id] : []));
    expect(idsOf([2, 2, 2])[1]).toBe(idsOf([])[1]);
    expect(new Set([[], [2], [2, 2], [2, 2, 2]].map((redraws) => idsOf(redraws)[0])).size).toBeGreaterThan(1);
  });
  test('are asked with nothing scored, and a logit of 0 is a share of one half', () => {
    expect(reading([2, 4, 3], { segments: [0, 0, 0] })).toEqual({
      inputIds: [2, 4, 3],
      segments: [0, 0, 0],
      labels: [-100, -100, -100],
    });
    expect(sharesOf({ shape: [1, 3], data: Float32Array.of(0, 60, -60) }, 2)).toEqual([0.5, 1]);
  });
});
