import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import QuizPanel from '../../src/panels/QuizPanel.svelte';
import { labOf } from './lab-tools.ts';

test('an objective without questions says so, and what to do instead', async () => {
  const screen = await render(QuizPanel, { lab: labOf({ noising: 'causal' }), slug: 'none' });
  const said = screen.getByText('There are no questions about “Left to right” yet.');
  await expect.element(said).toHaveTextContent('step back to its start');
});

test('a question is skipped uncounted, places are named by digits, and what was not right is read once more', async () => {
  localStorage.clear();
  const screen = await render(QuizPanel, { lab: labOf({}), slug: 'keys' });
  const heading = (name: RegExp) => expect.element(screen.getByRole('heading', { name }), { timeout: 20_000 });
  await heading(/Only one of these rows/).toBeVisible();
  for (const name of [
    /What is the label/,
    /although they look unchanged/,
    /How many of them/,
    /Point out the places/,
  ]) {
    await userEvent.keyboard('s');
    await heading(name).toBeVisible();
  }
  await expect.element(screen.getByText('Question 5', { exact: true })).toBeVisible();
  await userEvent.keyboard('0');
  await expect.element(screen.getByText('1 pointed out')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByText('Question 5, 0 of 1 right so far')).toBeVisible();
  await screen.getByText('Not right on this visit: 1').click();
  await expect.element(screen.getByRole('listitem').filter({ hasText: 'Point out the places' })).toBeVisible();
});
