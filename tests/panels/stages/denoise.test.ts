import { describe, expect, test } from 'vitest';
import { linksBetween } from '../../../src/figures/stages.ts';
import { objective } from '../../../src/objectives/denoise/index.ts';
import type { DenoiseStep } from '../../../src/objectives/denoise/steps.ts';
import { stripsOf } from '../../../src/panels/stages/denoise/strips.ts';
import { ids, toy } from '../../support/toy-vocabulary.ts';

const sequence = { ids: ids('[CLS] the cat sat . it was red . [SEP]'), segments: Array.from({ length: 10 }, () => 0) };
const maskId = toy.maskId;
const shuffled: readonly DenoiseStep[] = [
  { kind: 'slot', about: 0, start: 1, end: 5, chance: 1 },
  { kind: 'slot', about: 1, start: 5, end: 9, chance: 1 },
  { kind: 'sentence', about: 0, start: 5, end: 9, chance: 0.5 },
  { kind: 'sentence', about: 1, start: 1, end: 5, chance: 1 },
];
const hidden: readonly DenoiseStep[] = [
  ...shuffled,
  { kind: 'delete', about: 0, positions: [6], chance: 0.1 },
  { kind: 'span', about: 0, positions: [2, 3], id: maskId, chance: 0.1 },
  { kind: 'insert', about: 0, stage: 0, at: 1, id: maskId, chance: 0.1 },
];
const texts = (steps: readonly DenoiseStep[]) =>
  stripsOf(sequence, { steps }, toy).map(({ name, items }) => `${name}: ${items.map(({ token }) => token).join(' ')}`);

describe('the stages of the noise', () => {
  test('begin with the text itself and hold one strip for each kind that was drawn', () => {
    expect(texts([])).toEqual(['The text: [CLS] the cat sat . it was red . [SEP]']);
    expect(texts(hidden)).toEqual([
      'The text: [CLS] the cat sat . it was red . [SEP]',
      'Sentences shuffled: [CLS] it was red . the cat sat . [SEP]',
      '1 word deleted: [CLS] it red . the cat sat . [SEP]',
      '1 of 2 spans hidden: [CLS] it red . the [MASK] . [SEP]',
      '1 of 2 spans put in, of no word: [CLS] [MASK] it red . the [MASK] . [SEP]',
    ]);
  });
  test('count a span of no words among the spans only where there is one', () => {
    const [whole, empty] = [
      hidden.filter(({ kind }) => kind !== 'insert'),
      hidden.filter(({ kind }) => kind !== 'span'),
    ];
    expect(texts(whole).at(-1)).toMatch(/^1 span hidden: /);
    expect(texts(empty).at(-1)).toMatch(/^1 span put in, of no word: /);
  });
  test('end with what the encoder reads', () => {
    const read = objective.apply(sequence, { steps: hidden }).inputIds;
    expect(texts(hidden).at(-1)).toContain(read.map((id) => toy.tokens[id]).join(' '));
  });
  test('keep every token on its way: a hidden span stands for all its places, what was put in for none', () => {
    const stages = stripsOf(sequence, { steps: hidden }, toy);
    const end = stages.at(-1)!.items;
    expect(end.map(({ origins }) => origins)).toEqual([[0], [], [5], [7], [8], [1], [2, 3], [4], [9]]);
    expect(linksBetween(stages[2]!, stages[3]!).filter(({ to }) => to === 5)).toEqual([
      { from: 5, to: 5, origin: 2 },
      { from: 6, to: 5, origin: 3 },
    ]);
  });
  test('say whether the text was turned', () => {
    const turn: DenoiseStep = { kind: 'turn', about: 0, isTurned: true, chance: 0.5 };
    const offset: DenoiseStep = { kind: 'offset', about: 0, offset: 5, chance: 0.1 };
    expect(texts([{ ...turn, isTurned: false }])[1]).toBe(
      'Not rotated this time: [CLS] the cat sat . it was red . [SEP]',
    );
    expect(texts([turn, offset])[1]).toBe('Rotated: [CLS] it was red . the cat sat . [SEP]');
  });
});
