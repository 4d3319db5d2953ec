import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { barriers, launch, phone, visit } from '../support/visit.ts';

const site = inject('site');
const folder = inject('siteFolder');
const sentence = 'on tuesday , it was rainy , so the toad looked for honey near the forest .';
const hidden = [4, 10, 14];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Drops a file anywhere on the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, text]) => {
      const made = new DataTransfer();
      made.items.add(new File([Uint8Array.from(atob(text!), (letter) => letter.charCodeAt(0))], file!));
      return made;
    },
    [name, bytes.toString('base64')],
  );
  await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
}

const numbersOf = (texts: readonly string[]) => texts.filter((text) => /^(<\s*)?\d+ %$|^[a-z,.]+$/.test(text));

/** Every number of the guesses, as their picture says and shows it. */
const guesses = async (page: Page, region: string) => {
  const picture = page.locator(`${region} svg`).first();
  await picture.waitFor({ timeout: 60_000 });
  return {
    said: await page
      .locator(`${region} svg[aria-label], ${region} svg [aria-label]`)
      .first()
      .getAttribute('aria-label'),
    shown: (await picture.locator('text').allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim()),
  };
};

test('a model exported in the playground is dropped here, says the same of the same sentence, and goes on training', {
  timeout: 240_000,
}, async () => {
  const { page, wrong, elsewhere, scripts, close } = await visit(
    browser,
    `${site}#/play?layers=1&hidden=16&batchSize=8&steps=60&warmup=5&learningRate=0.03&evaluateEvery=20`,
    { acceptDownloads: true },
  );
  const training = page.getByRole('region', { name: 'Training', exact: true });
  await training.getByRole('button', { name: 'Start' }).click();
  await expect.poll(() => training.getByText('60 of 60 steps').count(), { timeout: 120_000 }).toBe(1);
  await page.getByRole('button', { name: 'your own sentence' }).click();
  const asked = page.locator('section.model').getByLabel('Sentence');
  await asked.fill(sentence);
  await asked.press('Enter');
  const probe = page.locator('section[aria-labelledby="lab-answer"]');
  await expect.poll(() => probe.locator('[aria-label*="toad at position 10"]').count(), { timeout: 30_000 }).toBe(1);
  const before = await guesses(page, 'section[aria-labelledby="lab-answer"]');
  await training.getByRole('button', { name: 'More of this run' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export the model' }).click();
  const zip = readFileSync(await (await saving).path());

  await page.goto(`${site}#/look?sentence=${encodeURIComponent(sentence)}&holes=${hidden.join('.')}`);
  await page.locator('h1', { hasText: 'Look inside a checkpoint' }).waitFor();
  expect(scripts.some((script) => /tokenizers/i.test(script))).toBe(false);
  await drop(page, 'model.zip', zip);
  await page.locator('#guesses').waitFor({ timeout: 60_000 });
  const now = await guesses(page, 'section[aria-labelledby="guesses"]');
  expect(now.said).toContain('toad at position 10 has');
  expect(now.said).toBe(before.said);
  expect(numbersOf(now.shown)).toEqual(numbersOf(before.shown));
  expect(numbersOf(now.shown).filter((text) => /^[1-9]\d* %$/.test(text)).length).toBeGreaterThan(5);
  await page.getByRole('heading', { name: 'Who looks at whom' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize(phone);
  await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth);

  // Whatever is wrong with another file, this one stays.
  await drop(page, 'bad.zip', zip.subarray(0, zip.length - 40));
  await page.getByRole('alert').getByText('bad.zip is no zip, or its end is missing').waitFor();
  const still = await guesses(page, 'section[aria-labelledby="guesses"]');
  expect([still.said, numbersOf(still.shown)]).toEqual([now.said, numbersOf(now.shown)]);
  await page
    .getByRole('button', { name: /position 5: / })
    .first()
    .press('Enter');
  await expect.poll(() => page.url()).toContain('holes=4.5.10.14');

  await page.getByRole('button', { name: 'Go on training it' }).click();
  await page.waitForURL(/#\/play\?.*start=/, { timeout: 60_000 });
  await training.getByRole('button', { name: 'Start' }).click();
  await expect.poll(() => training.getByText(/^[1-9]\d* of \d+ steps$/).count(), { timeout: 120_000 }).toBe(1);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(wrong).toEqual([]);
  expect(elsewhere).toEqual([]);
  await close();
});

test('before a file is chosen little is loaded', { timeout: 60_000 }, async () => {
  const { page, scripts, close } = await visit(browser, `${site}#/look`);
  await page.getByRole('button', { name: 'Choose a folder' }).waitFor();
  await page.waitForLoadState('networkidle');
  const bytes = [...new Set(scripts)].reduce(
    (sum, path) => sum + gzipSync(readFileSync(`${folder}/${path}`)).length,
    0,
  );
  expect(bytes).toBeLessThan(120_000);
  await close();
});
