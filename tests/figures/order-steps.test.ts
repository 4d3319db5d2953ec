import { describe, expect, test } from 'vitest';
import { byOrder } from '../../src/core/pattern.ts';
import OrderSteps from '../../src/figures/OrderSteps.svelte';
import { cutOf, describeOrder, tabulateOrder } from '../../src/figures/order.ts';
import { specimens } from '../../src/figures/specimens/order-steps.ts';
import { drawn, fileOf } from './drawn.ts';

const order = [2, 0, 1];
const picture = { tokens: ['a', 'b', 'c'], order, predicted: 2, query: byOrder(order), content: byOrder(order, true) };

describe('an order of reading', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(OrderSteps, specimens[name]!)).toMatchFileSnapshot(fileOf('order-steps', name));
  });
  test('says who is context and who is predicted from how much', () => {
    expect(cutOf(picture)).toBe(1);
    expect(describeOrder(picture, 0)).toBe(
      '3 tokens read in the order 2, 0, 1; the last 2 are predicted. Number 1, c (2), is context.',
    );
    expect(describeOrder(picture, 2)).toBe(
      '3 tokens read in the order 2, 0, 1; the last 2 are predicted. Number 3, b (1), is predicted from 2 tokens.',
    );
  });
  test('puts a dot under each predicted token', () => {
    expect(drawn(OrderSteps, { ...picture, at: 0, width: 600 }).match(/<circle/g)).toHaveLength(2);
  });
  test('has a table twin with what both streams see', () => {
    expect(tabulateOrder(picture).rows).toEqual([
      [1, 2, 'c', 'context', '2', ''],
      [2, 0, 'a', 'predicted', '0 2', '2'],
      [3, 1, 'b', 'predicted', '0 1 2', '0 2'],
    ]);
  });
});
