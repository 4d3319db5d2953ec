import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import RunSettings from '../../src/panels/RunSettings.svelte';
import type { Run } from '../../src/training/run.ts';
import { startingRun, withSettings } from '../../src/training/settings.ts';

/** The settings of a run that follows every change, as a page does it. */
async function open(start: Run) {
  let run = start;
  const screen = await render(RunSettings, { run, onchange });
  async function onchange(next: Run): Promise<void> {
    run = next;
    await screen.rerender({ run, onchange });
  }
  return { screen, run: () => run };
}

it('says what Muon does where it is chosen, and has its rate only there', async () => {
  const { screen, run } = await open(startingRun);
  await expect.element(screen.getByText(/Muon makes the step of a matrix equally long/)).toBeVisible();
  await expect.element(screen.getByLabelText('Muon rate')).toHaveValue('0.015');
  await screen.getByLabelText('Optimizer').selectOptions('AdamW');
  await expect.poll(() => run().training.optimizer).toBe('adamw');
  await expect.poll(() => screen.getByLabelText('Muon rate').query()).toBeNull();
  expect(run()).toEqual(withSettings(startingRun, { optimizer: 'adamw' }));
});

it('keeps the mark of a refused value while its control shows it, whatever else is changed', async () => {
  const { screen, run } = await open(startingRun);
  const layers = screen.getByLabelText('Layers');
  await layers.fill('99');
  layers.element().dispatchEvent(new Event('change', { bubbles: true }));
  await expect.element(layers).toHaveAttribute('aria-invalid', 'true');
  const batch = screen.getByLabelText('Batch');
  await batch.fill('8');
  batch.element().dispatchEvent(new Event('change', { bubbles: true }));
  await expect.poll(() => run().training.batchSize).toBe(8);
  await expect.element(layers).toHaveAttribute('aria-invalid', 'true');
  expect(run().model.size.layers).toBe(2);
  await layers.fill('3');
  layers.element().dispatchEvent(new Event('change', { bubbles: true }));
  await expect.element(layers).toHaveAttribute('aria-invalid', 'false');
  expect(run().model.size.layers).toBe(3);
});

it('keeps the marks of several refused values at once, and none when another run comes', async () => {
  const { screen } = await open(startingRun);
  const type = (label: string, text: string) => {
    const input = screen.getByLabelText(new RegExp(`^${label}`));
    const element = input.element() as HTMLInputElement;
    element.value = text;
    element.dispatchEvent(new Event('change', { bubbles: true }));
    return input;
  };
  const layers = type('Layers', '99');
  const batch = type('Batch', '0');
  type('Steps', '300');
  await expect.element(layers).toHaveAttribute('aria-invalid', 'true');
  await expect.element(batch).toHaveAttribute('aria-invalid', 'true');
  await expect.element(batch).toHaveValue('0');
  await screen.rerender({ run: withSettings(startingRun, { maxLength: 24 }) });
  await expect.element(layers).toHaveValue('2');
  await expect.element(batch).toHaveValue(String(startingRun.training.batchSize));
  for (const one of [layers, batch]) await expect.element(one).toHaveAttribute('aria-invalid', 'false');
});
