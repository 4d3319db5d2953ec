import axe from 'axe-core';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import TablesPanel from '../../src/panels/TablesPanel.svelte';
import TowersPanel from '../../src/panels/TowersPanel.svelte';
import type { TapeChange } from '../../src/panels/tape-change.ts';

const noViolation = async (container: Element) => {
  const { violations } = await axe.run(container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
};

test('what layers share is chosen, drawn, and told to the address', async () => {
  let change: TapeChange = {};
  const onchange = (next: TapeChange) => {
    change = next;
    void screen.rerender({ change });
  };
  const toy = { name: 'The toy', model: 'albert', layers: 4, hidden: 64, heads: 4 };
  const screen = await render(TowersPanel, {
    title: 'Layers',
    towers: [toy],
    option: 'share',
    halves: true,
    change,
    onchange,
  });
  await expect.element(screen.getByRole('img', { name: /1 floor, 64 wide, walked 4 times/ })).toBeVisible();
  await screen.getByRole('radio', { name: 'nothing' }).click();
  await expect.element(screen.getByRole('img', { name: /4 floors, 64 wide\./ })).toBeVisible();
  expect(change.options).toEqual({ share: 'none' });
  await noViolation(screen.container);
});

test('a size that is turned is told, and one that cannot be is named', async () => {
  let change: TapeChange = { options: { E: 65 } };
  const onchange = (next: TapeChange) => {
    change = next;
    void screen.rerender({ change });
  };
  const screen = await render(TablesPanel, {
    title: 'Tables',
    letters: [
      { letter: 'V', label: 'Words', value: 100 },
      { letter: 'E', label: 'Width', value: 64, choices: [32, 64] },
    ],
    ways: [{ name: 'One', shapes: [{ name: 'words', rows: 'V', columns: 'E' }] }],
    change,
    onchange,
  });
  await expect.element(screen.getByText(/E = 65\s+cannot be set here/)).toBeVisible();
  await screen.getByRole('slider').fill('0');
  await expect.element(screen.getByRole('img', { name: /100 × 32, 3,200 weights/ })).toBeVisible();
  expect(change.options).toEqual({ E: 32 });
  await noViolation(screen.container);
});
