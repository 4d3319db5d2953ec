import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/figures/palette.css';
import HeadInside from '../../src/figures/HeadInside.svelte';
import ModelPicture from '../../src/figures/ModelPicture.svelte';
import { specimens as heads } from '../../src/figures/specimens/head-inside.ts';
import { specimens } from '../../src/figures/specimens/model-picture.ts';

test('left and right move the query, up and down the head, and Enter on a name opens its block', async () => {
  const said: string[] = [];
  const screen = await render(ModelPicture, {
    ...specimens['two layers of four heads']!,
    token: 10,
    onpick: (place, side) => said.push(`${side} ${place}`),
    onhead: (group, map) => said.push(`${group}: ${map}`),
    onblock: (block) => said.push(block),
  });
  const focus = (name: string) => (screen.getByRole('button', { name, exact: true }).element() as SVGElement).focus();
  (screen.container.querySelector('[tabindex="0"]') as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowLeft}{ArrowLeft}');
  expect(said.splice(0)).toEqual(['input 11', 'input 10', 'input 9']);
  focus('layer 1, head 2');
  await userEvent.keyboard('{ArrowDown}{ArrowUp}{ArrowRight}');
  expect(said.splice(0)).toEqual(['layer.0: attention.0|2', 'layer.0: attention.0|1', 'input 11']);
  focus('Open layer 2');
  await userEvent.keyboard('{Enter}');
  expect(said).toEqual(['layer.1']);
  expect(screen.container.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
});

test('a click on a token, a map or a number of a value says which', async () => {
  const said: unknown[] = [];
  const screen = await render(ModelPicture, {
    ...specimens['a decoder that reads across']!,
    onpick: (place, side) => said.push(place, side),
    onhead: (group, map) => said.push(group, map),
  });
  await screen.getByRole('button', { name: 'position 4: she, bears loss' }).click();
  expect(said.splice(0)).toEqual([4, 'decoder']);
  await screen.getByRole('button', { name: 'decoder 2, head 1' }).nth(1).click();
  expect(said.splice(0)).toEqual(['decoder.1/1', 'decoder.cross.1|0']);
  const inside = await render(HeadInside, { ...heads['left to right']!, oncomponent: (c) => said.push(c) });
  await inside.getByRole('button', { name: /^number 6 of the sum/ }).click();
  expect(said).toEqual([5]);
});
