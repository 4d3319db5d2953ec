import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import AttentionPanel from '../../src/panels/AttentionPanel.svelte';

const head = (part: string, weights: readonly number[]) => ({
  part,
  title: `the ${part}`,
  layer: 0,
  head: 0,
  weights: Float32Array.from(weights),
});
const probe = {
  tokens: ['a', 'b'],
  example: undefined,
  hidden: [],
  predictions: [],
  heads: [head('encoder', [0.75, 0.25, 0, 1]), head('decoder', [0.5, 0.5, 0.5, 0.5])],
  askedAt: 7,
};

test('each part has a picture of its own, a click enlarges a head of it, and its table is of its heads', async () => {
  const screen = await render(AttentionPanel, { probe });
  const enlarge = screen.getByRole('button', { name: /^Enlarge layer 1, head 1/ });
  await expect.element(enlarge.nth(1)).toBeVisible();
  await enlarge.nth(1).click();
  await expect.element(screen.getByRole('button', { name: 'Back to all heads' })).toBeVisible();
  expect(enlarge.elements()).toHaveLength(1);
  await screen.getByRole('button', { name: 'Table' }).first().click();
  await expect.element(screen.getByRole('row', { name: '1 1 0.59 a (0) a (0) 75 %' })).toBeVisible();
  expect(screen.getByRole('row').elements()).toHaveLength(3);
});
