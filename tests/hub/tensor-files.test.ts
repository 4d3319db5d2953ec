import { expect, test } from 'vitest';
import { openTensors, piecesOf, zerosOf } from '../../src/hub/tensor-files.ts';
import { withHeader } from '../support/model-files.ts';

const numbers = 2_500_000;

/** A file whose one weight holds its own places; notes how much is read at a time. */
function placesFile(reads: number[]) {
  const entry = { dtype: 'F32', shape: [numbers], data_offsets: [0, 4 * numbers] };
  const bytes = withHeader(
    { places: entry },
    new Uint8Array(Float32Array.from({ length: numbers }, (_, i) => i).buffer),
  );
  return {
    size: bytes.length,
    read: async (begin: number, end: number) => {
      reads.push(end - begin);
      return bytes.slice(begin, end);
    },
  };
}

test('a weight of 10 MB is read in order, 4 MiB at a time, and never held as a whole', async () => {
  const reads: number[] = [];
  const stored = (await openTensors(new Map([['model.safetensors', placesFile(reads)]]), '')).get('places')!;
  const lengths: number[] = [];
  let next = 0;
  for await (const { at, values } of piecesOf(stored)) {
    expect([at, values[0], values.at(-1)]).toEqual([next, next, next + values.length - 1]);
    next += values.length;
    lengths.push(values.length);
  }
  expect(next).toBe(numbers);
  expect(lengths).toHaveLength(3);
  expect(Math.max(...reads)).toBe(2 ** 22);
});

test('zeros for a weight that is in no file come in the same pieces', () => {
  const pieces = [...zerosOf([5, numbers / 5])];
  expect(pieces.map(({ at }) => at)).toEqual([0, 2 ** 20, 2 ** 21]);
  expect(pieces.reduce((sum, { values }) => sum + values.length, 0)).toBe(numbers);
});
