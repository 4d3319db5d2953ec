import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launch, visit } from '../support/visit.ts';

const site = inject('site');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('keys answer, take back and change, and the address holds the answers', async () => {
  const { page, wrong, close } = await visit(browser, `${site}#/choose`);
  await page.getByRole('button', { name: 'No, it reads' }).focus();
  for (const key of ['3', '3', '4', '5']) await page.keyboard.press(key);
  await page.getByRole('heading', { name: '5. What do you need from it?' }).waitFor();
  expect(page.url()).toContain('answers=reads.yes.short.card');
  await page.keyboard.press('Backspace');
  await page.getByRole('heading', { name: '4. Where must it run?' }).waitFor();
  await page.keyboard.press('3');
  await page.getByRole('heading', { name: 'ALBERT base' }).waitFor();
  await page.getByText('It is as slow as BERT base.').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'ALBERT base' }).waitFor();
  await page.getByRole('button', { name: 'Change: Long texts' }).click();
  await page.getByRole('heading', { name: '3. Are your texts longer than 512 tokens?' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'ALBERT base' }).waitFor();
  await page.getByRole('link', { name: 'side by side' }).click();
  await page.getByRole('heading', { name: 'ALBERT base beside MobileBERT student' }).waitFor();
  expect(wrong).toEqual([]);
  await close();
});

it.each(['choose?a=99', 'compare?a=99'])('what an address says besides is named as left out: %s', async (address) => {
  const { page, wrong, close } = await visit(browser, `${site}#/${address}`);
  await page.getByText('Left out, for nothing here is called so: “a”.').waitFor();
  expect(wrong).toEqual([]);
  await close();
});
