import axe from 'axe-core';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import GuessPanel from '../../src/panels/GuessPanel.svelte';
import { labOf, storyData } from './lab-tools.ts';

const open = () =>
  render(GuessPanel, {
    lab: labOf({}, { text: storyData }),
    sentence: 'on tuesday , it was rainy , so the toad looked for honey near the forest .',
    holes: [2, 10, 12],
  });

test('guesses are typed, revealed and counted with keys alone, and another sentence follows', async () => {
  const screen = await open();
  const hole = (n: number) => screen.getByRole('textbox', { name: `Hole ${n} of 3` });
  await hole(1).click();
  await userEvent.keyboard('monday{Enter}');
  await expect.element(hole(2)).toHaveFocus();
  await userEvent.keyboard('{Tab}');
  await userEvent.keyboard('For{Enter}');
  await expect.element(hole(2)).not.toBeInTheDocument();
  await expect.element(screen.getByText('1 of 3 right so far; an exact reader on average 2.0')).toBeVisible();
  await expect
    .element(screen.getByText('you wrote monday; nobody can know it: 7 words are equally likely'))
    .toBeVisible();
  await expect.element(screen.getByText('you had it; it can be known for certain')).toBeVisible();
  await expect.element(screen.getByRole('img', { name: /toad at position 10 has 91 %/ })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Another sentence' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(hole(1)).toHaveFocus();
  await expect.element(hole(1)).toHaveValue('');
  expect(document.querySelector('form')!.textContent).not.toContain('rainy');
  await expect.element(screen.getByText('1 of 3 right so far')).toBeVisible();
});

test('a covered word stands nowhere on the page before it is revealed', async () => {
  const screen = await open();
  await expect.element(screen.getByRole('textbox', { name: 'Hole 1 of 3' })).toBeVisible();
  expect(document.body.innerHTML).not.toMatch(/toad|tuesday/);
});

test('a text without a grammar is played without an exact reader', async () => {
  const screen = await render(GuessPanel, { lab: labOf({}), sentence: 'the cat sat on the mat .', holes: [2] });
  await screen.getByRole('textbox', { name: 'Hole 1 of 1' }).fill('cat');
  await screen.getByRole('button', { name: 'Reveal' }).click();
  await expect.element(screen.getByText('1 of 1 right so far')).toHaveTextContent(/^1 of 1 right so far$/);
  expect(document.querySelector('figure')).toBeNull();
});

test('has no accessibility violation that axe finds, covered or revealed', async () => {
  const screen = await open();
  for (const act of [async () => undefined, () => screen.getByRole('button', { name: 'Reveal' }).click()]) {
    await act();
    const { violations } = await axe.run(screen.container);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
});
