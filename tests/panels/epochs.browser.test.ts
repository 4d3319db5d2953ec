import axe from 'axe-core';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import EpochsPanel from '../../src/panels/EpochsPanel.svelte';
import { labOf, storyData } from './lab-tools.ts';

const sentence = 'on tuesday , it was rainy , so the toad looked for honey near the forest . she danced .';

test('more epochs with one stored mask ask for no more tokens; with new ones they do', async () => {
  const props = { lab: labOf({}, { text: storyData }), sentence, seed: '16', copies: 1, choices: [1, 0] };
  const screen = await render(EpochsPanel, props);
  const picture = (said: RegExp) => screen.getByRole('img', { name: said });
  await expect.element(picture(/in 8 epochs: 1 different row of holes. 3 of 20 tokens/)).toBeVisible();
  await screen.getByRole('slider', { name: 'Epochs' }).fill('40');
  await expect.element(picture(/in 40 epochs: 1 different row of holes. 3 of 20 tokens/)).toBeVisible();
  await screen.getByRole('radio', { name: 'a new one each time' }).click();
  await expect.element(picture(/in 40 epochs: \d\d different rows of holes. (19|20) of 20 tokens/)).toBeVisible();
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('one epoch can be drawn again, and the others stay', async () => {
  const lab = labOf({}, { text: storyData });
  const screen = await render(EpochsPanel, { lab, sentence, seed: '16', epochs: 4, redraw: true });
  await screen.getByRole('button', { name: 'Table' }).click();
  const rows = () => [...screen.container.querySelectorAll('tbody tr')].map((row) => row.children[1]?.textContent);
  await expect.poll(() => rows().length).toBe(4);
  const before = rows();
  await screen.getByRole('spinbutton', { name: 'Epoch' }).fill('2');
  await screen.getByRole('button', { name: 'Draw it again' }).click();
  await expect.poll(() => rows()[1]).not.toBe(before[1]);
  expect(rows().filter((_, i) => i !== 1)).toEqual(before.filter((_, i) => i !== 1));
});
