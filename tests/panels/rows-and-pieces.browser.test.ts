import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import PackingPanel from '../../src/panels/PackingPanel.svelte';
import PiecesPanel from '../../src/panels/PiecesPanel.svelte';
import type { TapeChange } from '../../src/panels/tape-change.ts';
import { labOf } from './lab-tools.ts';

const noViolation = async (container: Element) => {
  const { violations } = await axe.run(container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
};

test('another format makes other rows, and a row that is picked is read: the address tells both', async () => {
  let change: TapeChange = {};
  const onchange = vi.fn((next: TapeChange) => {
    change = next;
    void screen.rerender({ change });
  });
  const lab = labOf({});
  const screen = await render(PackingPanel, { lab, corpus: 'pocket-stories', length: 128, change, onchange });
  const rows = screen.getByRole('group', { name: /8 rows of 128 places/ });
  await expect.element(rows).toBeVisible();
  await screen.getByRole('radio', { name: 'packed, one document' }).click();
  await expect.element(screen.getByRole('group', { name: /with 0 borders between documents/ })).toBeVisible();
  expect(change.options).toEqual({ format: 'document' });
  const first = screen.getByRole('button', { name: /^Row 1, / });
  (first.element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(screen.getByText(/^Row 2: /)).toBeVisible();
  expect(change.at).toBe(1);
  await screen.getByRole('button', { name: 'Other rows' }).click();
  expect([change.draw, change.at]).toEqual([1, undefined]);
  await noViolation(screen.container);
});

test('a format that there is not is said, and the usual one shown', async () => {
  const change = { options: { format: 'halves' } };
  const screen = await render(PackingPanel, { lab: labOf({}), corpus: 'pocket-stories', change });
  await expect.element(screen.getByText(/There is no format “halves”; there are pair, full, document/)).toBeVisible();
  await expect.element(screen.getByRole('radio', { name: 'two halves' })).toBeChecked();
});

test('a word of one’s own is cut twice, and an empty text is told in a sentence', async () => {
  let change: TapeChange = {};
  const onchange = (next: TapeChange) => {
    change = next;
    void screen.rerender({ change });
  };
  const lab = labOf({});
  const screen = await render(PiecesPanel, { lab, corpus: 'pocket-stories', sentence: 'the cat', change, onchange });
  await expect.element(screen.getByText('WordPiece, a table of 1,000 rows: 2 pieces')).toBeVisible();
  await screen.getByRole('textbox').fill('the 🐸');
  await expect.element(screen.getByText('Byte pieces, a table of 1,000 rows: 6 pieces')).toBeVisible();
  await expect.element(screen.getByText(/its table has no pieces for this word/)).toBeVisible();
  await expect.element(screen.getByText(/are single bytes/)).toBeVisible();
  await screen.getByRole('radio', { name: '2,000' }).click();
  await expect.element(screen.getByText(/Byte pieces, a table of 2,000 rows/)).toBeVisible();
  expect(change).toEqual({ sentence: 'the 🐸', options: { rows: 2000 } });
  await noViolation(screen.container);
  await screen.getByRole('textbox').fill(' ');
  await expect
    .element(screen.getByText('Byte pieces: there is nothing to cut. Type a word or a sentence.'))
    .toBeVisible();
});
