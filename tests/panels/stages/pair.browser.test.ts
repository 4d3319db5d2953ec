import axe from 'axe-core';
import { beforeAll, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../src/app/style.css';
import { pairings } from '../../../src/objectives/catalog.ts';
import PairPanel from '../../../src/panels/PairPanel.svelte';
import { stageOf } from '../../../src/panels/stages.ts';
import { labOf } from '../lab-tools.ts';

// The first one to fetch the stage waits for it.
beforeAll(async () => void (await stageOf(pairings.nsp!).load()));

const verdictLine = () => document.querySelector('svg[aria-label^="A is"]')?.getAttribute('aria-label') ?? '';

test('a new draw makes another pair, and the coin alone can be thrown again and taken back', async () => {
  const screen = await render(PairPanel, { lab: labOf({ pairing: 'nsp' }) });
  await expect.element(screen.getByRole('slider', { name: 'Position on the tape' })).toBeVisible();
  const first = verdictLine();
  expect(first).toContain('Does B follow A?');
  await screen.getByRole('button', { name: /anew: Does B follow A/ }).click();
  await expect.element(screen.getByText(/drawn anew: .* became/)).toBeVisible();
  await screen.getByRole('button', { name: 'Undo redraw' }).click();
  expect(verdictLine()).toBe(first);
  const seen = new Set<string>();
  for (let draw = 0; draw < 6; draw++) {
    await screen.getByRole('button', { name: 'New draw' }).click();
    seen.add(verdictLine());
  }
  expect(seen.size).toBeGreaterThan(1);
});

test('the tape goes back to where B is not decided', async () => {
  const screen = await render(PairPanel, { lab: labOf({ pairing: 'sop' }) });
  await screen.getByRole('button', { name: 'To the start of the tape' }).click();
  expect(verdictLine()).toContain('A is not decided, B is not decided.');
});

test('a run that was trained gives its verdict on the very pair', async () => {
  const asked: number[] = [];
  const lab = labOf(
    { pairing: 'nsp' },
    {
      taps: (input) => {
        asked.push(input.length);
        return { 'logits.seq_relationship_logits': { shape: [1, 2], data: Float32Array.of(0, 0) } };
      },
    },
  );
  const screen = await render(PairPanel, { lab });
  await expect.element(screen.getByRole('img', { name: /The model after 7 steps: 50 %/ })).toBeVisible();
  expect(asked.length).toBeGreaterThan(0);
});

test('says what is missing where the text cannot be paired', async () => {
  const lab = labOf({ pairing: 'nsp' });
  const single = lab.text.data!.train.slice(0, 1);
  const screen = await render(PairPanel, {
    lab: { ...lab, text: { ...lab.text, data: { ...lab.text.data!, train: single, heldOut: single } } },
  });
  await expect.element(screen.getByRole('alert')).toHaveTextContent('separate documents by an empty line');
});

test('has no accessibility violation that axe finds', async () => {
  const screen = await render(PairPanel, { lab: labOf({ pairing: 'nsp' }) });
  await expect.element(screen.getByRole('slider', { name: 'Position on the tape' })).toBeVisible();
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
