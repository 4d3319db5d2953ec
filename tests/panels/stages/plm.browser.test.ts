import axe from 'axe-core';
import { beforeAll, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/app/style.css';
import { noisings } from '../../../src/objectives/catalog.ts';
import OrderPanel from '../../../src/panels/OrderPanel.svelte';
import { stageOf } from '../../../src/panels/stages.ts';
import { labOf } from '../lab-tools.ts';

// The first one to fetch the stage waits for it.
beforeAll(async () => void (await stageOf(noisings.plm!).load()));

async function open() {
  const lab = labOf({ pairing: 'contiguous', noising: 'plm', architecture: 'xlnet' });
  const screen = await render(OrderPanel, { lab, sentence: 'the cat sat on' });
  const typed = screen.getByLabelText('The order as places');
  await expect.element(typed).toBeVisible();
  await typed.fill('0 5 3 1 4 2');
  await userEvent.tab();
  await expect.element(screen.getByRole('button', { name: 'Number 6: cat (2), predicted' })).toBeInTheDocument();
  return { screen, typed };
}
const number = (k: number) => document.querySelectorAll<SVGElement>('[data-target]')[k - 1]!;

test('a token is dragged to where it is read, and its row of the mask follows', async () => {
  const { screen, typed } = await open();
  await screen
    .getByRole('button', { name: 'Number 6: cat (2), predicted' })
    .dropTo(screen.getByRole('button', { name: /^Number 3:/ }));
  await expect.element(typed).toHaveValue('0 5 2 3 1 4');
  await expect.element(screen.getByRole('button', { name: 'Number 6: on (4), predicted' })).toBeInTheDocument();
});

test('the keyboard does the same: Alt with an arrow moves the token and the focus stays with it', async () => {
  const { typed } = await open();
  number(6).focus();
  await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
  await expect.element(typed).toHaveValue('0 5 3 1 2 4');
  expect(document.activeElement).toBe(number(5));
});

test('buttons move it as well, special tokens stay in front, and the drawn order comes back', async () => {
  const { screen, typed } = await open();
  number(3).dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await expect.element(screen.getByText('is context:')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Read earlier' })).toBeDisabled();
  await screen.getByRole('button', { name: 'Read later' }).click();
  await expect.element(typed).toHaveValue('0 5 1 3 4 2');
  await screen.getByRole('button', { name: 'Back to the drawn order' }).click();
  await expect.element(screen.getByRole('button', { name: 'Undo redraw' })).toBeDisabled();
});

test('one draw of the order is drawn anew, those before it stay, and it is taken back', async () => {
  const lab = labOf({ pairing: 'contiguous', noising: 'plm', architecture: 'xlnet' });
  const screen = await render(OrderPanel, { lab, sentence: 'the cat sat on the mat the dog sat on the mat' });
  const typed = screen.getByLabelText('The order as places');
  const order = () => (typed.element() as HTMLInputElement).value.split(' ').map(Number);
  await expect.element(typed).toBeVisible();
  const before = order();
  const again = screen.getByRole('button', { name: /^Draw 10 anew/ });
  await again.click();
  await expect.element(screen.getByText('Draw 10 drawn anew: 2 (cat) became the same again.')).toBeVisible();
  expect(order()).toEqual(before);
  await again.click();
  await expect.element(screen.getByText('Draw 10 drawn anew: 2 (cat) became 8 (dog).')).toBeVisible();
  // The frame leads the order; then come the nine draws that were kept.
  expect(order().slice(0, 11)).toEqual(before.slice(0, 11));
  expect(order().toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
  await screen.getByRole('button', { name: 'Undo redraw' }).click();
  await expect.poll(order).toEqual(before);
});

test('the matrices are built row by row', async () => {
  const { screen } = await open();
  await screen.getByRole('slider').fill('2');
  const grown = () => document.querySelectorAll('svg[aria-label*="2 of 6 query rows by 6 key columns"]').length;
  await expect.poll(grown).toBe(2);
});

test('an order that cannot be is refused below its field, stays in it, and the picture keeps its own', async () => {
  const { screen, typed } = await open();
  const refused = screen.getByRole('alert');
  for (const [text, said] of [
    ['0 5 3 1 4 4', 'Place 4 stands there twice'],
    ['a b', '“a” is no place of this sentence'],
  ] as const) {
    await typed.fill(text);
    await userEvent.tab();
    await expect.element(refused).toHaveTextContent(said);
    await expect.element(typed).toHaveValue(text);
    await expect.element(screen.getByRole('button', { name: 'Number 6: cat (2), predicted' })).toBeInTheDocument();
  }
  const [field, sentence] = [typed.element(), refused.element()].map((one) => one.getBoundingClientRect());
  expect(sentence!.top - field!.bottom).toBeLessThan(30);
  await typed.fill('0 5 1 2 3 4');
  await userEvent.tab();
  await expect.element(refused).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: 'Number 6: on (4), predicted' })).toBeInTheDocument();
});

test('a number of predicted tokens that cannot be is refused beside its field, and stays in it', async () => {
  const { screen } = await open();
  const field = screen.getByRole('spinbutton', { name: 'Predicted' });
  for (const text of ['0', '99', '-1', '1.5', '']) {
    await field.fill(text);
    await expect.element(screen.getByRole('alert')).toHaveTextContent('Give a whole number from 1 to 4. Until then 1');
    await expect.element(field).toHaveValue(text === '' ? null : Number(text));
  }
  await field.fill('3');
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: 'Number 4: the (1), predicted' })).toBeInTheDocument();
});

test('has no accessibility violation that axe finds', async () => {
  const { screen } = await open();
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
