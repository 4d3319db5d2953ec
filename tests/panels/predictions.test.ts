import { describe, expect, test } from 'vitest';
import { noisings } from '../../src/objectives/catalog.ts';
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
