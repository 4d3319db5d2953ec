import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launch, phone, visit } from '../support/visit.ts';

const site = inject('site');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('every cell is reached by arrow keys and says its source, and Enter puts it into the address', async () => {
  const { page, wrong, close } = await visit(browser, `${site}#/compare?show=pretrained`);
  await page.getByRole('button', { name: /^BERT, Text/ }).focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
  const source = page.locator('.source');
  await source.getByText('RoBERTa base, Rows × length').waitFor();
  expect(await source.innerText()).toContain('RoBERTa (Liu et al. 2019), §4.3');
  expect(page.url()).not.toContain('cell=');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForURL(/cell=roberta\.base%2Fsteps/);
  await page.keyboard.press('End');
  await page.getByText('Not given in the sources of this table.').waitFor();
  expect(wrong).toEqual([]);
  await close();
});

it('a column sorts both ways, a size takes the place of another, and the address shows the same again', async () => {
  const { page, wrong, close } = await visit(browser, `${site}#/compare?show=counted`);
  const first = page.locator('tbody th .name').first();
  await page.getByText('109.5M').first().waitFor();
  await page.getByRole('button', { name: /^Weights/ }).click();
  await expect.poll(() => first.innerText()).toContain('Transformer-XL');
  await page.getByRole('button', { name: /^Weights/ }).click();
  await expect.poll(() => first.innerText()).toContain('ALBERT');
  await page.getByLabel('BERT: another size', { exact: true }).selectOption('large');
  await page.getByText('335.1M').waitFor();
  await page.reload();
  await page.getByText('335.1M').waitFor();
  expect(await first.innerText()).toContain('ALBERT');
  expect(wrong).toEqual([]);
  await close();
});

it('two rows stand side by side, with what differs as data and from inside', async () => {
  const { page, wrong, close } = await visit(browser, `${site}#/compare`);
  await page.getByLabel('BERT: side by side', { exact: true }).check();
  await page.getByText('Tick a second row').waitFor();
  await page.getByLabel('ALBERT: side by side').check();
  const heading = page.getByRole('heading', { name: 'BERT base beside ALBERT base' });
  await heading.waitFor();
  const isInSight = () => heading.evaluate((one) => one.getBoundingClientRect().top < innerHeight);
  expect(await isInSight()).toBe(false);
  await page.getByRole('button', { name: 'See what differs' }).click();
  await expect.poll(isInSight).toBe(true);
  await page.getByText('Equal: Layers × width, Text.').waitFor();
  await page.getByRole('img', { name: /^BERT base: 12 layers/ }).waitFor();
  await page.goBack();
  await page.getByText('Tick a second row').waitFor();
  expect(wrong).toEqual([]);
  await close();
});

it('"what is equal?" leaves the rows with the text of one, as the file that is saved has them', async () => {
  const { page, wrong, close } = await visit(browser, `${site}#/compare?size=every&show=pretrained`);
  await page.getByLabel('What is equal? Held against').selectOption('XLNet large');
  await page.getByLabel('the text').check();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(3);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const lines = (await readFile(await (await saved).path(), 'utf8')).split('\r\n');
  expect(lines.map((line) => line.split(',')[0])).toEqual(['System', 'XLNet base', 'XLNet large', 'ELECTRA large']);
  expect(wrong).toEqual([]);
  await close();
});

it('on a phone each system is a card, and a line of it opens its source', async () => {
  const { page, wrong, close } = await visit(browser, `${site}#/compare?show=results&size=large`, { viewport: phone });
  await page.getByLabel('Sorted by').selectOption('GLUE dev');
  await expect.poll(() => page.locator('li .name').first().innerText()).toContain('DeBERTa large');
  await page.getByRole('button', { name: /GLUE dev 90\.0/ }).click();
  await page.getByText('The mean as DeBERTa forms it').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(wrong).toEqual([]);
  await close();
});
