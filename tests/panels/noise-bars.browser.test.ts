import axe from 'axe-core';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import NoiseBitsPanel from '../../src/panels/NoiseBitsPanel.svelte';
import SpanLengthsPanel from '../../src/panels/SpanLengthsPanel.svelte';
import { labOf, storyData } from './lab-tools.ts';

const noViolation = async (container: Element) => {
  const { violations } = await axe.run(container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
};

test('more lengths are drawn, and by another law', async () => {
  const screen = await render(SpanLengthsPanel, { lab: labOf({}, { text: storyData }), texts: 10 });
  const lengthsOf = () => Number(/^(\d+) lengths/.exec(screen.getByRole('img').element().ariaLabel ?? '')?.[1]);
  await expect.element(screen.getByRole('img', { name: /lengths, .* words on average/ })).toBeVisible();
  const before = lengthsOf();
  await screen.getByRole('button', { name: 'Draw twice as many' }).click();
  await expect.poll(lengthsOf).toBeGreaterThan(before);
  const more = lengthsOf();
  await screen.getByRole('slider', { name: 'λ, the mean length' }).fill('1');
  // Shorter spans: more of them until as many words are hidden.
  await expect.poll(lengthsOf).toBeGreaterThan(more);
  await noViolation(screen.container);
});

test('each noise has its bits, and a table says them too', async () => {
  const screen = await render(NoiseBitsPanel, {});
  await expect.element(screen.getByRole('img', { name: /rotating the text 0.64/ })).toBeVisible();
  await screen.getByRole('button', { name: 'Table' }).click();
  await expect.element(screen.getByRole('cell', { name: 'shuffling the sentences' })).toBeVisible();
  await noViolation(screen.container);
});
