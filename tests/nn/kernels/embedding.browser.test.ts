import { beforeAll, describe, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { occurrences } from '../../../src/nn/kernels/scatter.ts';
import { embedSum, gatherRows } from '../../../src/nn/layers.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

const ids = (shape: [number, number], of: number) =>
  tf.tensor2d(
    Array.from({ length: shape[0] * shape[1] }, (_, i) => (i * i * 7) % of),
    shape,
    'int32',
  );
/** The same numbers, made on the GPU so that the CPU does not know them. */
const computed = (known: Tensor) => tf.cast(tf.add(tf.cast(known, 'float32'), tf.zeros(known.shape)), 'int32');
const tables = (width: number) => () => [random('words', [11, width]), random('positions', [6, width])];

describeRows('with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('the fused embedding equals the plain one, value and gradients', () => {
    const sum = (shape: [number, number], of: Tensor[]) =>
      embedSum([
        { table: of[0]!, ids: ids(shape, 11) },
        { table: of[1]!, ids: ids(shape, 6) },
      ]);
    expect(difference((of) => sum([4, 6], of), tables(8))).toBeLessThan(1e-5);
    expect(difference((of) => sum([3, 5], of), tables(5))).toBeLessThan(1e-5);
  });

  it('multiplies by a scale, and its gradient too, whoever knows the ids', () => {
    const scaled = ([table]: Tensor[], of: Tensor = ids([4, 6], 11)) => embedSum([{ table: table!, ids: of }], 2.5);
    const table = () => [random('words', [11, 8])];
    expect(difference((given) => scaled(given), table)).toBeLessThan(1e-5);
    expect(difference((given) => scaled(given, computed(ids([4, 6], 11))), table)).toBeLessThan(1e-5);
  });

  it('takes ids that only the GPU knows', () => {
    const sum = (of: Tensor[]) =>
      embedSum([
        { table: of[0]!, ids: computed(ids([3, 7], 11)) },
        { table: of[1]!, ids: ids([3, 7], 6) },
      ]);
    expect(difference(sum, tables(8))).toBeLessThan(1e-5);
  });

  it('gives nothing to a row that stands still, whoever knows the ids', () => {
    const sum = (known: Tensor, of: Tensor[]) =>
      embedSum([
        { table: of[0]!, ids: known, still: 7 },
        { table: of[1]!, ids: ids([3, 7], 6) },
      ]);
    expect(difference((of) => sum(ids([3, 7], 11), of), tables(8))).toBeLessThan(1e-5);
    expect(difference((of) => sum(computed(ids([3, 7], 11)), of), tables(8))).toBeLessThan(1e-5);
    const [words, places] = tables(8)();
    const learned = tf
      .grad((table: Tensor) => sum(ids([3, 7], 11), [table, places!]))(words!)
      .arraySync() as number[][];
    expect(learned.map((row) => row.some((value) => value !== 0))).toEqual(
      Array.from({ length: 11 }, (_, row) => row !== 7 && ids([3, 7], 11).dataSync().includes(row)),
    );
  });

  it('the fused gathering of rows equals the plain one, with rows picked twice or never', () => {
    const rows = () => tf.tensor1d([3, 0, 3, 9, 12, 0, 1], 'int32');
    expect(
      difference(
        ([x]) => gatherRows(x!, rows()),
        () => [random('x', [13, 8])],
      ),
    ).toBeLessThan(1e-5);
    expect(
      difference(
        ([x]) => gatherRows(x!, computed(rows())),
        () => [random('x', [13, 6])],
      ),
    ).toBeLessThan(1e-5);
  });
});

describe('occurrences', () => {
  it('says for each row of the tables where its list begins, and lists the places it was looked up from', () => {
    const two = [
      { rows: 3, ids: [2, 0, 2] },
      { rows: 2, ids: [1, 1, 0] },
    ];
    expect([...occurrences(two)]).toEqual([0, 1, 1, 3, 4, 6, /* lists */ 1, 0, 2, 2, 0, 1]);
    const [first, second] = occurrences([{ ...two[0]!, still: 2 }, two[1]!]).slice(3, 5);
    expect([first, second]).toEqual([1, 2]);
  });
});
