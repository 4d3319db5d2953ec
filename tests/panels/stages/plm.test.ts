import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { noisings } from '../../../src/objectives/catalog.ts';
import {
  leading,
  moved,
  type OrderState,
  orderExample,
  orderPicture,
  orderProblem,
  orderText,
  parseOrder,
  predictedProblem,
  stepWords,
} from '../../../src/panels/stages/plm/order.ts';
import { toy } from '../../support/toy-vocabulary.ts';
import { tools as text } from '../tape-tools.ts';

const noising = noisings.plm!;
const tools = { ...text, noising };
const start: OrderState = {
  sentence: 'the cat sat on',
  seed: '1',
  draw: 0,
  redraws: [],
  options: { ...noising.defaults, share: 0.34 },
};
function show(state: OrderState) {
  const text = orderText(state, tools);
  const example = orderExample(state, text, tools);
  return { text, example, picture: orderPicture(example, toy) };
}

describe('an order of reading on the page', () => {
  test('is a permutation whose special tokens come first, and the last of it is predicted', () => {
    const { text, picture } = show(start);
    expect(picture.tokens).toEqual(['[CLS]', 'the', 'cat', 'sat', 'on', '[SEP]']);
    expect([...picture.order].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(leading(picture.order, text.sequence, toy)).toBe(2);
    expect(picture.predicted).toBe(2);
  });
  test('given by hand makes the mask of the example itself: a target reads those before it and not itself', () => {
    const { picture, example } = show({ ...start, extra: { order: [0, 5, 3, 1, 4, 2], predicted: 2 } });
    expect(example.labels).toEqual([-100, -100, toy.idOf('cat'), -100, toy.idOf('on'), -100]);
    expect(stepWords(picture, 4)).toEqual({ name: 'on', isPredicted: true, reads: ['[CLS]', 'the', 'sat', '[SEP]'] });
    expect(stepWords(picture, 5).reads).toEqual(['[CLS]', 'the', 'sat', 'on', '[SEP]']);
    expect(picture.content[2]).toEqual([true, true, true, true, true, true]);
    expect(picture.query[2]).toEqual([true, true, false, true, true, true]);
    expect(stepWords(picture, 2).isPredicted).toBe(false);
  });
  test('never shows a mask: the model reads the text itself', () => {
    const { text, example } = show(start);
    expect(example.inputIds).toEqual(text.sequence.ids);
    expect(example.inputIds).not.toContain(toy.maskId);
  });
  test('that is no permutation is refused in a sentence', () => {
    const wrong = (order: readonly number[]) => () => show({ ...start, extra: { order, predicted: 2 } });
    expect(wrong([0, 5, 3, 3, 4, 2])).toThrow(AppError);
    expect(wrong([0, 5, 3])).toThrow('is no permutation: it must name each place from 0 to 5 exactly once');
    expect(wrong(parseOrder('0 5 3 1 four 2'))).toThrow(AppError);
  });
  test('of which more than all are predicted is refused as well', () => {
    expect(() => show({ ...start, extra: { predicted: 7 } })).toThrow('7 tokens cannot be predicted: there are 6');
    expect(() => show({ ...start, extra: { predicted: 0 } })).toThrow(AppError);
  });
  test('moves one place and leaves the others in their turn; what leads stays', () => {
    const order = [0, 5, 3, 1, 4, 2];
    expect(moved(order, 5, 2, 2)).toEqual([0, 5, 2, 3, 1, 4]);
    expect(moved(order, 2, 4, 2)).toEqual([0, 5, 1, 4, 3, 2]);
    expect(moved(order, 3, 0, 2)).toEqual([0, 5, 1, 3, 4, 2]);
    expect(moved(order, 0, 4, 2)).toEqual(order);
  });
  test('is typed with blanks or commas', () => {
    expect(parseOrder(' 3, 1 0,2 ')).toEqual([3, 1, 0, 2]);
  });
  test('that is typed and cannot be is told what is wrong with it', () => {
    const said = (text: string) =>
      orderProblem(text, 6)?.replace(' Give each place from 0 to 5 once, with blanks between.', '');
    expect(said('0 5, 3 1 4 2')).toBeUndefined();
    expect(['a b', '0 6 3 1 4 2', '0 -1', '0 5 3 1 4 4', '1 1 1', '0 5 3 1 4', '0', ''].map(said)).toEqual([
      '“a” is no place of this sentence.',
      '“6” is no place of this sentence.',
      '“-1” is no place of this sentence.',
      'Place 4 stands there twice.',
      'Place 1 stands there more than twice.',
      'Place 2 is missing.',
      'Places 1, 2 and 3 and 2 more are missing.',
      'Places 0, 1 and 2 and 3 more are missing.',
    ]);
  });
  test('predicts a whole number of tokens, from one to all that do not lead it', () => {
    const asked = 'Give a whole number from 1 to 4.';
    expect(['1', '4'].map((text) => predictedProblem(text, 6, 2))).toEqual([undefined, undefined]);
    expect(['0', '-1', '1.5', '', 'x'].map((text) => predictedProblem(text, 6, 2))).toEqual(Array(5).fill(asked));
    expect(predictedProblem('5', 6, 2)).toBe(`2 of the 6 tokens are never predicted. ${asked}`);
  });
  test('of a sentence of the corpus is another with another draw', () => {
    const { sentence: _, ...drawn } = start;
    const tokens = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((draw) => show({ ...drawn, draw }).picture.tokens.join(' '));
    expect(new Set(tokens).size).toBeGreaterThan(1);
    expect(tokens[0]).toMatch(/^\[CLS\] .* \[SEP\]$/);
  });
});
