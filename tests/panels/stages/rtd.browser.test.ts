import axe from 'axe-core';
import { beforeAll, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../src/app/style.css';
import { noisings } from '../../../src/objectives/catalog.ts';
import ReplacePanel from '../../../src/panels/ReplacePanel.svelte';
import { stageOf } from '../../../src/panels/stages.ts';
import type { Snapshot } from '../../../src/training/protocol.ts';
import { toy } from '../../support/toy-vocabulary.ts';
import { labOf } from '../lab-tools.ts';

// The first one to fetch the stage waits for it.
beforeAll(async () => void (await stageOf(noisings.rtd!).load()));

const run = {
  pairing: 'contiguous',
  noising: 'rtd',
  architecture: 'electra',
  noisingOptions: { rate: 0.3, luck: false },
} as const;
const open = (taps?: (input: readonly number[]) => Readonly<Record<string, Snapshot>>) =>
  render(ReplacePanel, { lab: labOf(run, taps ? { taps } : {}), sentence: 'the cat sat on the mat .' });
const relay = () =>
  document.querySelector('svg[aria-label*="filled in by the generator"]')?.getAttribute('aria-label') ?? '';

/** A generator that is sure of `rug` everywhere, and a discriminator that calls nothing replaced but `rug`. */
function answer(input: readonly number[]): Readonly<Record<string, Snapshot>> {
  const rug = toy.idOf('rug')!;
  const logits = new Float32Array(input.length * toy.size).map((_, k) => (k % toy.size === rug ? 60 : 0));
  return {
    'logits.generator.logits': { shape: [1, input.length, toy.size], data: logits },
    'logits.discriminator.logits': {
      shape: [1, input.length],
      data: Float32Array.from(input, (id) => (id === rug ? 4 : -4)),
    },
  };
}

test('a new draw gives other places to the generator, and the tape goes back to the text itself', async () => {
  const screen = await open();
  await expect.poll(relay).toContain('9 tokens, 3 filled in by the generator: 3 replaced');
  await expect.element(screen.getByText('word counts stand in for the generator')).toBeVisible();
  await screen.getByRole('button', { name: 'New draw' }).click();
  await expect.poll(relay).toContain('3 filled in');
  await screen.getByRole('button', { name: 'To the start of the tape' }).click();
  await expect.poll(relay).toContain('0 filled in by the generator: 0 replaced');
});

test('a trained run samples the sentence itself and judges every token of it', async () => {
  const screen = await open(answer);
  await expect
    .poll(relay)
    .toContain(
      '3 replaced, 0 guessed as they were. The discriminator is asked about all of them and is right about 9.',
    );
  await expect.element(screen.getByText('The generator of this run, after 7 steps')).toBeVisible();
  await expect
    .element(screen.getByText('What the generator would put behind each [MASK], after 7 steps'))
    .toBeVisible();
  await screen
    .getByRole('button', { name: /the generator puts rug, replaced/ })
    .first()
    .click();
  await expect
    .element(screen.getByText(/the answer is “replaced”/))
    .toHaveTextContent('The discriminator gives “replaced” 98 %.');
});

test('has no accessibility violation that axe finds', async () => {
  const screen = await open(answer);
  await expect.poll(relay).toContain('is right about');
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
