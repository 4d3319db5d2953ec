import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launch, visit } from '../support/visit.ts';

/** A model so small that a software renderer takes it through its steps in seconds. */
const small = '#/play?layers=1&hidden=16&batchSize=4&steps=60&evaluateEvery=20';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('a model trains on the page, pauses, is left and taken up again at the same step', {
  timeout: 180_000,
}, async () => {
  const { page, wrong, close } = await visit(browser, `${inject('site')}${small}`);
  const training = page.getByRole('region', { name: 'Training', exact: true });
  await training.getByRole('button', { name: 'Start' }).click();
  await training.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 90_000 });
  await expect.poll(() => training.getByText(/^[1-9][0-9]* of 60 steps$/).count(), { timeout: 60_000 }).toBe(1);
  await training.getByRole('button', { name: 'Pause' }).click();
  await training.getByRole('button', { name: 'More of this run' }).click();
  await training.getByText(/^at step \d+$/).waitFor();
  const left = await training.getByText(/of 60 steps$/).innerText();
  await page.reload();
  await page.getByRole('button', { name: `Resume from step ${left.split(' ')[0]}` }).click();
  await expect.poll(() => training.getByText('60 of 60 steps').count(), { timeout: 90_000 }).toBe(1);
  await page.getByLabel(/^Loss of 1 run/).waitFor();
  for (const pane of ['Loss', 'Answer', 'Model'])
    await page.getByRole('region', { name: pane, exact: true }).getByText('step 60, live').first().waitFor();
  expect(wrong).toEqual([]);
  await close();
});

test('where there is no WebGL 2 a sentence says so, and the pictures that need none are there', {
  timeout: 90_000,
}, async () => {
  const { page, close } = await visit(browser, `${inject('site')}${small}`);
  await page.addInitScript(() => {
    const none = () => null;
    const Real = Worker;
    HTMLCanvasElement.prototype.getContext = none as typeof HTMLCanvasElement.prototype.getContext;
    const Blind = class {
      listeners: ((event: MessageEvent) => void)[] = [];
      addEventListener(type: string, listener: (event: MessageEvent) => void) {
        if (type === 'message') this.listeners.push(listener);
      }
      postMessage() {
        const data = {
          type: 'failed',
          code: 'no-webgl2',
          text: 'This browser offers no WebGL 2, which training needs.',
        };
        for (const listener of this.listeners) listener(new MessageEvent('message', { data }));
      }
      terminate() {}
    };
    // The one that reads texts needs no graphics.
    const make = (_: unknown, given: ConstructorParameters<typeof Worker>) =>
      String(given[0]).includes('text-worker') ? new Real(...given) : new Blind();
    Object.defineProperty(window, 'Worker', { value: new Proxy(Real, { construct: make }) });
  });
  await page.reload();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText(/no WebGL 2/).waitFor();
  await page.locator('#example').scrollIntoViewIfNeeded();
  await page
    .getByText(/The tape/)
    .first()
    .waitFor();
  await close();
});

test('without WebGL anywhere a model trains to its end all the same, on WebAssembly', {
  timeout: 120_000,
}, async () => {
  const blind = await launch(['--disable-3d-apis']);
  try {
    const { page, wrong } = await visit(blind, `${inject('site')}${small}`, { engine: 'auto' });
    expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2'))).toBe(null);
    const training = page.getByRole('region', { name: 'Training', exact: true });
    await training.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => training.getByText('60 of 60 steps').count(), { timeout: 60_000 }).toBe(1);
    await training.getByRole('button', { name: 'More of this run' }).click();
    await page
      .getByText(/WebAssembly \(TensorFlow/)
      .first()
      .waitFor();
    expect(wrong).toEqual([]);
  } finally {
    await blind.close();
  }
});

test('a run that the graphics card cannot hold is refused before Start, and the largest batch that it can is named', {
  timeout: 90_000,
}, async () => {
  const large = '#/play?layers=1&hidden=8&heads=1&batchSize=256&maxLength=512';
  const { page, scripts, wrong, close } = await visit(browser, `${inject('site')}${large}`);
  const training = page.getByRole('region', { name: 'Training', exact: true });
  const said = await training.getByRole('alert').innerText();
  expect(said).toMatch(/^A step that reads 256 rows of 512 tokens needs a texture of .* Set Batch to at most \d+\.$/);
  const start = training.getByRole('button', { name: 'Start' });
  const batch = page.getByLabel('Batch', { exact: true });
  expect(await start.isDisabled()).toBe(true);
  expect(await batch.getAttribute('aria-invalid')).toBe('true');
  await batch.fill(/Batch to at most (\d+)/.exec(said)![1]!);
  await batch.press('Enter');
  await training.getByRole('alert').waitFor({ state: 'detached' });
  expect(await start.isEnabled()).toBe(true);
  await page.getByLabel('Width', { exact: true }).fill('512');
  await page.getByLabel('Width', { exact: true }).press('Enter');
  await training.getByText(/takes about .* GB of the memory/).waitFor();
  expect(await start.isEnabled()).toBe(true);
  expect(scripts.filter((script) => script.includes('/worker-'))).toEqual([]);
  expect(wrong).toEqual([]);
  await close();
});
