import axe from 'axe-core';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../src/app/style.css';
import EvidencePanel from '../../../src/panels/EvidencePanel.svelte';
import HistogramPanel from '../../../src/panels/HistogramPanel.svelte';
import type { TapeChange } from '../../../src/panels/tape-change.ts';
import { exact } from '../../support/lost-and-found.ts';
import { labOf, storyData, textOf } from '../lab-tools.ts';

/** One story of two days: an exact reader knows its grammar. */
const stories = { ...storyData, heldOut: storyData.train, exact };
const lab = (pairing: 'nsp' | 'sop') => ({
  ...labOf({ pairing, pairingOptions: { sentencesPerSegment: 1 } }),
  text: textOf(stories),
});

test('a clue that is picked is covered in the row, adds nothing any more, and stays so in the address', async () => {
  const changes: TapeChange[] = [];
  const screen = await render(EvidencePanel, { lab: lab('sop'), onchange: (change) => changes.push(change) });
  await expect.element(screen.getByRole('group', { name: /Together [+−]6\.00 bits, (98|2) %/ })).toBeInTheDocument();
  await screen.getByRole('button', { name: /^weekday: .* cover it$/ }).click();
  await expect
    .element(screen.getByRole('group', { name: /weekday covered. Together 0 bits, 50 %/ }))
    .toBeInTheDocument();
  await expect.element(screen.getByRole('img', { name: /2 hidden behind a mask/ })).toBeInTheDocument();
  expect(changes.at(-1)?.extra).toEqual({ covered: [2] });
  await screen.getByRole('button', { name: /^weekday: .* uncover it$/ }).click();
  await expect.element(screen.getByRole('group', { name: /Together [+−]6\.00 bits/ })).toBeInTheDocument();
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('the reader who is blind to order says one half of every pair whose order is asked', async () => {
  const screen = await render(EvidencePanel, { lab: lab('sop'), show: 'readers' });
  await expect.element(screen.getByRole('img', { name: /Blind to order: .*: 50 % for/ })).toBeVisible();
});

test('a pair alone bears one dot, and a coin that is thrown again may turn its label', async () => {
  const screen = await render(EvidencePanel, { lab: lab('sop'), show: 'row' });
  await expect.element(screen.getByRole('img', { name: /loss at position 0\.$/ })).toBeInTheDocument();
  const labels = new Set<string>();
  for (let k = 0; k < 8; k++) {
    await screen.getByRole('button', { name: 'Throw the coin again' }).click();
    labels.add(/Label \d/.exec(document.body.textContent ?? '')?.[0] ?? '');
  }
  expect(labels.size).toBe(2);
});

test('runs of another longest length are counted anew', async () => {
  const screen = await render(HistogramPanel, { lab: lab('sop'), options: { ngram: 3 } });
  await expect.element(screen.getByRole('img', { name: /3: \d+ % \(law 18 %\)\.$/ })).toBeVisible();
  await screen.getByRole('spinbutton', { name: /Longest run/ }).fill('2');
  await expect.element(screen.getByRole('img', { name: /2: \d+ % \(law 33 %\)\.$/ })).toBeVisible();
});
