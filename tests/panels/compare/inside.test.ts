import { beforeAll, expect, test } from 'vitest';
import { loadPictures } from '../../../src/models/pictures.ts';
import { insideOf } from '../../../src/panels/compare/inside.ts';
import { rowOf, rows } from '../../../src/panels/compare/rows.ts';

beforeAll(loadPictures);

const inside = (one: string, other: string) => insideOf(rowOf(one)!, rowOf(other)!);

test('layers that are alike are one block with their number, shared ones say so', () => {
  const [albert, bert] = inside('albert.base', 'bert.base')!.stacks;
  expect(albert!.blocks.map(({ title, count, isShared }) => [title, count, isShared])).toEqual([
    ['embeddings', 1, false],
    ['layer 1', 12, true],
    ['word head', 1, false],
    ['pair head', 1, false],
  ]);
  expect(bert!.blocks[1]).toMatchObject({ count: 12, isShared: false });
});

test('what the other lacks is marked, on either side', () => {
  const own = (one: string, other: string) =>
    inside(one, other)!.stacks.map(({ blocks }) =>
      blocks.flatMap(({ pieces }) => pieces.flatMap(({ title, isOwn }) => (isOwn ? [title] : []))),
    );
  expect(own('bert.base', 'deberta.base')).toEqual([
    ['segment table', 'place table', 'pooler'],
    ['distance table', 'relative places'],
  ]);
  expect(own('bert.base', 'bert.large')).toEqual([[], []]);
});

test('the weights of its blocks are those of the network that is kept', () => {
  const [electra] = inside('electra.small', 'bert.base')!.stacks;
  const sum = electra!.blocks.reduce(
    (all, { pieces, count, isShared }) =>
      all + (isShared ? 1 : count) * pieces.reduce((some, { weights }) => some + weights, 0),
    0,
  );
  expect(sum).toBe(13_549_057);
});

test('any two sizes that are built here can be seen side by side, and no other', () => {
  for (const row of rows)
    expect(insideOf(row, rowOf('bert.base')!) === undefined, row.id).toBe(typeof row.size.config === 'string');
});
