import { describe, expect, test } from 'vitest';
import { describeProbes, tabulateProbes, truthOf } from '../../src/figures/probes.ts';
import { noisings } from '../../src/objectives/catalog.ts';
import { probeOf } from '../../src/panels/guess-words.ts';
import { probeChips } from '../../src/panels/predictions.ts';
import { hide } from '../../src/training/hiding.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

const sentence = ids('the cat sat .');
const tokens = ['[CLS]', 'the', 'cat', 'sat', '.', '[SEP]'];
/** The chip of place 2, which is asked for. */
const chipOf = (noising: string) => {
  const chips = probeChips(tokens, hide(sentence, [0, 2], toy, noisings[noising]), [0, 2], toy);
  expect(chips.filter(({ scored }) => scored)).toHaveLength(1);
  return chips[2];
};

describe('a token that is asked for', () => {
  test.each(['mlm', 'rtd', 'denoise'])('is a hole where the model does not see it: %s', (noising) => {
    expect(chipOf(noising)).toEqual({ token: '[MASK]', special: false, mark: 'hidden', original: 'cat', scored: true });
  });
  test.each(['causal', 'plm'])('stands as it is where only others are kept from reading it: %s', (noising) => {
    expect(chipOf(noising)).toEqual({ token: 'cat', special: false, scored: true });
  });
  test('stands at its place of the bare text where there is no frame', () => {
    const { inputIds, labels } = hide(sentence, [0], toy, noisings.mlm, 'none');
    expect(inputIds).toEqual(ids('[MASK] cat sat .'));
    expect(labels).toEqual([...ids('the'), -100, -100, -100]);
  });
  test('is what an objective of its own puts there', () => {
    const ask = () => ({ inputIds: [2, ...ids('the dog sat .'), 3], segments: [0, 0, 0, 0, 0, 0], labels: [] });
    const chips = probeChips(tokens, hide(sentence, [2], toy, { ask }), [2], toy);
    expect(chips[2]).toEqual({ token: 'dog', special: false, mark: 'replaced', original: 'cat', scored: true });
  });
});

describe('a [MASK] that somebody wrote', () => {
  const written = ids('the [MASK] sat .');
  test('is asked for by itself where that is how one asks, beside what is hidden, and elsewhere is a token', () => {
    const { inputIds, labels } = hide(written, [1], toy, noisings.mlm);
    expect(inputIds).toEqual(ids('[CLS] [MASK] [MASK] sat . [SEP]'));
    expect(labels).toEqual([-100, ...ids('the [MASK]'), -100, -100, -100]);
    expect(hide(written, [1], toy, noisings.plm).labels.filter((label) => label !== -100)).toEqual(ids('the'));
  });
  test('has guesses and no truth', () => {
    const [mask, cat] = [
      { id: toy.maskId, share: 0.001 },
      { id: toy.idOf('cat')!, share: 0.7 },
    ];
    const probe = probeOf({ place: 2, truth: mask, rank: 20, among: 2, top: [cat] }, toy);
    expect(truthOf(probe)).toBe('no word stood here');
    expect(truthOf({ ...probe, truth: 'مرحبا' })).toBe('truth \u2068مرحبا\u2069: 20th, < 1 %');
    expect(describeProbes([probe])).toBe('Where no word stood the first guess is cat at position 2.');
    expect(tabulateProbes([probe]).rows).toEqual([[2, 1, 'cat', '70 %', 'no']]);
    expect(describeProbes([{ ...probe, truth: 'dog' }, probe])).toMatch(
      /right at 0 of 1 masked places: dog .*Where no/,
    );
  });
});
