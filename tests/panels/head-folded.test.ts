import { expect, it } from 'vitest';
import type { DrawnBlock, Row } from '../../src/figures/model-picture.ts';
import { foldedAround } from '../../src/panels/lab/head-folded.ts';

const chips = [{ token: 'a' }, { token: 'b' }];
const rows: readonly Row[] = [
  { side: 'input', chips },
  { side: 'decoder', chips },
];
const state = { values: [0, 1], width: 1 };
const block = (id: string, side: DrawnBlock['side'], more: Partial<DrawnBlock> = {}): DrawnBlock => ({
  id,
  title: id,
  kind: 'layer',
  side,
  stack: side === 'input' ? 'encoder' : 'decoder',
  weights: 1,
  state,
  ...more,
});
const blocks = [
  block('read 1', 'input'),
  block('read 2', 'input'),
  block('written 1', 'decoder'),
  block('written 2', 'decoder'),
  block('head', 'decoder', {
    state: undefined,
    answers: [{ place: 1, truth: 'b', guesses: [{ token: 'b', share: 0.9 }] }],
  }),
];
const folded = (open: number, keys: DrawnBlock['side']) => foldedAround(rows, blocks, blocks[open]!, keys);
const lines = (some: readonly { readonly title: string; readonly state?: unknown }[]) =>
  some.map(({ title, state: numbers }) => [title, numbers !== undefined]);

it('Blocks on the tokens of the keys have their numbers, those on others one line a stack', () => {
  const { before, after } = folded(3, 'decoder');
  expect(lines(before)).toEqual([
    ['encoder: 2 blocks', false],
    ['written 1, decoder', true],
  ]);
  expect(lines(after)).toEqual([
    ['rest of written 2', true],
    ['head, decoder', false],
  ]);
  expect(after[1]!.answers).toEqual([{ place: 1, text: 'b 90 %' }]);
});

it('A look into the other text stands on that text', () => {
  const { before, after } = folded(2, 'input');
  expect(lines(before)).toEqual([
    ['read 1, encoder', true],
    ['read 2, encoder', true],
  ]);
  expect(lines(after)).toEqual([['decoder: 2 blocks', false]]);
});
