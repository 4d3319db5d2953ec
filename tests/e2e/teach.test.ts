import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, visit } from '../support/visit.ts';

const site = inject('site');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('a link for the class', () => {
  it('leaves out what was chosen, on this page and the next, until somebody wants it back', async () => {
    const { page, wrong, close } = await visit(browser, `${site}#/lesson/masked-language-modelling/mix`);
    await page.getByRole('button', { name: 'Share this page' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: 'QR code of this address' }).waitFor();
    await dialog.getByLabel('the line at the top').check();
    await dialog.getByLabel('the buttons that draw anew').check();
    const address = await dialog.getByLabel('Its address').inputValue();
    expect(address).toBe(`${site}#/lesson/masked-language-modelling/mix?hide=header,draws`);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.goto('about:blank');
    await page.goto(address);
    await page.locator('section[aria-label="Masked tokens"] svg').first().waitFor();
    expect(await page.locator('nav[aria-label="Site"]').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'New draw' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Next →' }).click();
    await expect.poll(() => page.url()).toContain('/labels?hide=header,draws');
    await page.evaluate(() => {
      location.hash = '#/credits';
    });
    await page.locator('h1', { hasText: 'Credits' }).waitFor();
    expect(await page.locator('nav[aria-label="Site"]').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Show what this link hides' }).click();
    expect(await page.locator('nav[aria-label="Site"]').isVisible()).toBe(true);
    expect(page.url()).toBe(`${site}#/credits`);
    expect(wrong).toEqual([]);
    await close();
  });
});

describe('without a network', () => {
  it('all recorded runs are there once all of the site is kept', { timeout: 180_000 }, async () => {
    const { page, close } = await visit(browser, `${site}#/teach`, { serviceWorkers: 'allow' });
    const keep = page.getByRole('button', { name: /^Keep it all offline, [\d.]+ MB more$/ });
    await keep.waitFor({ timeout: 120_000 });
    await keep.click();
    await page.getByText(/^✓ All of it is on this device/).waitFor({ timeout: 120_000 });
    await page.context().setOffline(true);
    await page.goto(`${site}#/lesson/permutation/start`);
    await page.reload();
    await page.locator('section.model svg').first().waitFor();
    await page.getByText('stored run').first().waitFor();
    await close();
  });
});

describe('a handout', () => {
  it('has every step, questions without and with answers, and on paper nothing to press', async () => {
    const address = `${site}#/handout/masked-language-modelling`;
    const { page, wrong, close } = await visit(browser, address);
    await page.locator('.questions > li').first().waitFor();
    expect(await page.locator('.questions > li').count()).toBeGreaterThanOrEqual(8);
    expect(await page.locator('.answers').count()).toBe(0);
    expect(await page.locator('section > h2').count()).toBe(19);
    await page.getByLabel('with answers').check();
    await page.getByRole('heading', { name: 'Answers' }).waitFor();
    const first = () => page.locator('.questions > li').first().innerText();
    const before = await first();
    await page.getByRole('button', { name: 'Other questions' }).click();
    await expect.poll(first).not.toBe(before);
    expect(page.url()).toBe(`${address}?answers=1&seed=2`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('button:visible, select:visible, input[type="range"]:visible').count()).toBe(0);
    expect(wrong).toEqual([]);
    await close();
  });
});
