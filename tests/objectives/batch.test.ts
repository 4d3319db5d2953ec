import { expect, test } from 'vitest';
import { collate } from '../../src/objectives/batch.ts';
import type { Example } from '../../src/objectives/objective.ts';
import { givenOrder, objective as plm } from '../../src/objectives/plm/index.ts';

const long: Example = {
  inputIds: [2, 4, 7, 3],
  segments: [0, 0, 1, 1],
  labels: [-100, 9, 7, -100],
  pairLabel: 1,
};
const short: Example = { inputIds: [2, 8, 3], segments: [0, 0, 0], labels: [-100, -100, 3], pairLabel: 0 };
const shape = { length: 5, slots: 2, padId: 0 };
const plain = (array: ArrayLike<number> | undefined) => array && Array.from(array);

test('rows are padded, padding is left out of the mask, empty slots weigh nothing', () => {
  const arrays = collate([long, short], shape);
  expect(plain(arrays.ids)).toEqual([2, 4, 7, 3, 0, 2, 8, 3, 0, 0]);
  expect(plain(arrays.segments)).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
  expect(plain(arrays.keep)).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 0, 0]);
  expect(plain(arrays.positions)).toEqual([1, 2, 7, 5]);
  expect(plain(arrays.labels)).toEqual([9, 7, 3, 0]);
  expect(plain(arrays.weights)).toEqual([1, 1, 1, 0]);
  expect(plain(arrays.pairLabels)).toEqual([1, 0]);
  expect(arrays.tokens).toBe(7);
});

test('what the examples do not have is absent', () => {
  const { pairLabel: _, ...bare } = long;
  const arrays = collate([bare], shape);
  expect([arrays.pairLabels, arrays.permMask, arrays.targetMapping, arrays.decoderIds]).toEqual(
    new Array(4).fill(undefined),
  );
  expect(() => collate([bare, short], shape)).toThrow('1 of 2 examples have pairLabel');
});

test('what a generator reads, and a text to be written, are padded to the same length', () => {
  const example: Example = {
    inputIds: [2, 4, 3],
    segments: [0, 0, 0],
    labels: [2, 7, 8, 3],
    generatorIds: [2, 4, 9],
    decoderInputIds: [3, 2, 7, 8],
  };
  const arrays = collate([example], { length: 5, slots: 5, padId: 1 });
  expect(plain(arrays.generatorIds)).toEqual([2, 4, 9, 1, 1]);
  expect(plain(arrays.decoderIds)).toEqual([3, 2, 7, 8, 1]);
  expect(plain(arrays.decoderKeep)).toEqual([1, 1, 1, 1, 0]);
  expect(plain(arrays.positions)).toEqual([0, 1, 2, 3, 0]);
});

test('a permutation mask hides the padding, and each slot of a row maps to its target', () => {
  const example: Example = {
    inputIds: [5, 6, 7],
    segments: [0, 0, 0],
    labels: [-100, 6, -100],
    permMask: [
      [0, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
    ],
  };
  const arrays = collate([example], { length: 4, slots: 2, padId: 0 });
  expect(plain(arrays.permMask)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1]);
  expect(plain(arrays.targetMapping)).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
});

test('a target that may see nothing has an empty row, since a softmax over hidden keys would look at all', () => {
  const four = { ids: [5, 6, 7, 8], segments: [0, 0, 0, 0] };
  const example = plm.apply(four, givenOrder([2, 1, 3, 0], 4, 4));
  const { targetMapping, weights } = collate([example], { length: 4, slots: 4, padId: 0 });
  expect([...targetMapping!]).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect([...weights]).toEqual([1, 1, 1, 1]);
});

test('a row or a number of questions that does not fit is our mistake', () => {
  expect(() => collate([long], { ...shape, length: 3 })).toThrow('a row of 4 tokens, room for 3');
  expect(() => collate([long], { ...shape, slots: 1 })).toThrow('2 scored places, room for 1');
});

test('a text that outgrew its row by insertion is cut in front of its last token', () => {
  const example: Example = {
    inputIds: [2, 4, 7, 4, 8, 3],
    segments: [0, 0, 0, 0, 0, 0],
    labels: [2, 7, 8, 3],
    decoderInputIds: [3, 2, 7, 8],
  };
  expect(plain(collate([example], { length: 4, slots: 4, padId: 0 }).ids)).toEqual([2, 4, 7, 3]);
});
