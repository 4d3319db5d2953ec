import axe from 'axe-core';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import BaseRatePanel from '../../src/panels/BaseRatePanel.svelte';
import FakesPanel from '../../src/panels/FakesPanel.svelte';
import TwoModelsPanel from '../../src/panels/TwoModelsPanel.svelte';
import type { Experiment, Result } from '../../src/training/experiment.ts';
import { labOf, storyData } from './lab-tools.ts';

const noViolation = async (container: Element) => {
  const { violations } = await axe.run(container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
};
const electra = { architecture: 'electra', noising: 'rtd', noisingOptions: {} };
const piece = { given: ['the', '[MASK]', 'looked'], sampled: ['the', 'bear', 'looked'] };

test('a loss is followed down to what it moves', async () => {
  const screen = await render(TwoModelsPanel, { lab: labOf(electra, { text: storyData }), ...piece });
  await expect.element(screen.getByRole('img', { name: /1 layer, 32 wide .* a die draws/ })).toBeVisible();
  await screen.getByRole('radio', { name: 'The discriminator’s loss' }).click();
  await expect.element(screen.getByRole('img', { name: /cut off at the die/ })).toBeVisible();
  await noViolation(screen.container);
});

test('another architecture has no two models, and that is said', async () => {
  const screen = await render(TwoModelsPanel, { lab: labOf({}, { text: storyData }), ...piece });
  await expect.element(screen.getByText('trains another architecture')).toBeVisible();
});

test('two guessers fill the same holes, and draw anew', async () => {
  const screen = await render(FakesPanel, {
    lab: labOf(electra, { text: storyData }),
    sentence: 'on tuesday , it was rainy , so the toad looked for honey near the forest .',
    holes: [10, 13],
  });
  await expect.element(screen.getByText('1.52 get another word')).toBeVisible();
  const row = () => screen.getByRole('img', { name: /Fakes by word counts/ });
  const before = row().element().innerHTML;
  await screen.getByRole('button', { name: 'Draw all anew' }).click();
  await expect.poll(() => row().element().innerHTML).not.toBe(before);
  await noViolation(screen.container);
});

const experiment: Experiment = {
  id: 'rtd',
  title: 'Fakes',
  arms: [{ label: 'ELECTRA', change: {} }],
  base: electra,
  seeds: ['1'],
  readBack: false,
};
const evaluation = (step: number, loss: number, share: number) => ({
  step,
  losses: { rtd: loss },
  accuracies: {},
  positives: { rtd: share },
});
const result: Result = {
  experiment,
  device: '',
  command: '',
  outcomes: [
    {
      arm: 'ELECTRA',
      seed: '1',
      parameters: 1,
      evaluations: [evaluation(0, 0.69, 0.15), evaluation(100, 0.2, 0.12)],
    },
  ],
};

test('a step of a stored run is held against knowing only how many', async () => {
  const load = async () => ({ experiment, result });
  const screen = await render(BaseRatePanel, { run: 'recipes/rtd', step: 0, load });
  await expect.element(screen.getByText('worse than knowing only how many')).toBeVisible();
  await screen.getByRole('button', { name: /Step 100: 12.0 % replaced/ }).click();
  await expect.element(screen.getByText('45 % of that doubt is gone')).toBeVisible();
  await noViolation(screen.container);
});

test('a run that is not there is missed in words', async () => {
  const screen = await render(BaseRatePanel, { run: 'recipes/none', load: async () => undefined });
  await expect.element(screen.getByRole('alert')).toHaveTextContent('no stored run “recipes/none”');
});
