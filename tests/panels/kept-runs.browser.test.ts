import { beforeEach, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import KeptRuns from '../../src/panels/KeptRuns.svelte';
import { runFrom } from '../../src/training/settings.ts';
import { createBrowserStore } from '../../src/training/store.ts';

const store = createBrowserStore();
const weights = new Map([['w', new Float32Array(250_000)]]);
const keep = (seed: string, step: number) =>
  store.save(runFrom({ seed }), { step, weights, first: weights, second: weights }, { steps: [], evaluations: [] });

beforeEach(async () => {
  for (const { run } of await store.list()) await store.remove(run);
});

it('runs that are kept are listed with step and size, and are removed one by one or all', async () => {
  for (const seed of ['one', 'two', 'three']) await keep(seed, 85);
  const screen = await render(KeptRuns, { savedAt: undefined });
  await expect.element(screen.getByText(/seed two, step 85 of/)).toBeVisible();
  // Three times 250,000 numbers of four bytes each.
  await expect.element(screen.getByText(/In all 9\.0 MB/)).toBeVisible();
  await screen.getByRole('button', { name: /Remove .*seed two/ }).click();
  await expect.poll(async () => (await store.list()).map(({ run }) => run.seed).sort()).toEqual(['one', 'three']);
  await screen.getByRole('button', { name: 'Remove all' }).click();
  await expect.element(screen.getByText(/None yet/)).toBeVisible();
  expect(await store.list()).toEqual([]);
});

it('a run that is saved while the list is open appears in it', async () => {
  const screen = await render(KeptRuns, { savedAt: undefined });
  await expect.element(screen.getByText(/None yet/)).toBeVisible();
  await keep('late', 7);
  await screen.rerender({ savedAt: 7 });
  await expect.element(screen.getByText(/seed late, step 7 of/)).toBeVisible();
});
