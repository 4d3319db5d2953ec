import axe from 'axe-core';
import { beforeAll, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../src/app/style.css';
import { noisings } from '../../../src/objectives/catalog.ts';
import NoisePanel from '../../../src/panels/NoisePanel.svelte';
import { stageOf } from '../../../src/panels/stages.ts';
import { labOf } from '../lab-tools.ts';

// The first one to fetch the stage waits for it.
beforeAll(async () => void (await stageOf(noisings.denoise!).load()));

const lab = () =>
  labOf({
    pairing: 'contiguous',
    noising: 'denoise',
    architecture: 'bart',
    noisingOptions: { permuteShare: 0, infillRate: 0, deleteRate: 0.3 },
  });
const open = () => render(NoisePanel, { lab: lab(), sentence: 'the cat sat on the mat .' });
const strip = () => document.querySelector('svg[aria-label*="on the way through"]')?.getAttribute('aria-label') ?? '';

test('the noise is played back to the text and on again, and the decoder is asked for all of it throughout', async () => {
  const screen = await open();
  await expect.poll(strip).toContain('1 stage. 3 words deleted: 3 removed.');
  await screen.getByRole('button', { name: 'To the start of the tape' }).click();
  await expect.poll(strip).toContain('through 0 stages');
  await expect.element(screen.getByText('Nothing is drawn yet')).toBeVisible();
  await expect.element(screen.getByRole('img', { name: /decoder is asked to write.*9 bear loss/ })).toBeVisible();
});

test('one decision is drawn anew, said in words, and taken back', async () => {
  const screen = await open();
  await expect.poll(strip).toContain('3 words deleted');
  const before = document.body.textContent;
  await screen.getByRole('button', { name: 'Draw 1 anew: Which word goes?' }).click();
  await expect.element(screen.getByText('Draw 1 drawn anew')).toBeVisible();
  await screen.getByRole('button', { name: 'Undo redraw' }).click();
  await expect.poll(() => document.body.textContent).toBe(before);
});

test('a token that is pointed at is followed to its end', async () => {
  const screen = await open();
  await screen.getByRole('button', { name: 'The text: [CLS], from place 0' }).hover();
  await expect.element(screen.getByText('[CLS] comes first in what is read')).toBeVisible();
});

test('all is drawn anew, and the first draw comes back', async () => {
  const screen = await open();
  await expect.poll(strip).toContain('3 words deleted');
  const tokens = () => document.querySelector('svg[aria-label*="on the way through"]')?.textContent;
  const before = tokens();
  await expect.element(screen.getByRole('button', { name: 'Undo redraw' })).toBeDisabled();
  await screen.getByRole('button', { name: 'New draw' }).click();
  await screen.getByRole('button', { name: 'New draw' }).click();
  await expect.poll(tokens).not.toBe(before);
  await screen.getByRole('button', { name: 'First draw' }).click();
  await expect.poll(tokens).toBe(before);
});

test('text of one’s own is noised, and no text at all is refused in a sentence', async () => {
  const screen = await open();
  await screen.getByLabelText('Sentence').fill('a dog ran .');
  await expect.poll(strip).toContain('6 tokens');
  await screen.getByLabelText('Sentence').fill('');
  await expect.element(screen.getByText('There is no text to work on.')).toBeVisible();
});

test('has no accessibility violation that axe finds', async () => {
  const screen = await open();
  await expect.poll(strip).toContain('stage');
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
