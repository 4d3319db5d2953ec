import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { settled } from '../support/settled.ts';
import { barriers, launch, phone, visit } from '../support/visit.ts';
import { pages } from './pages.ts';

const site = inject('site');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe.each(pages)('the page at $address', ({ address, title, ready, below }) => {
  it('opens without an error, a barrier, a sideways scroll or a foreign request, at a desk and on a phone', async () => {
    const { page, wrong, elsewhere, close } = await visit(browser, `${site}${address}`, { reducedMotion: 'reduce' });
    if (below) await page.locator(below).scrollIntoViewIfNeeded();
    await page.locator(ready).first().waitFor();
    expect(await page.locator('h1').first().textContent()).toBe(title);
    expect(await page.title()).toContain('Unmask');
    await settled(page);
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    expect(await barriers(page, ['color-contrast'])).toEqual([]);
    await page.setViewportSize(phone);
    await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, undefined, {
      timeout: 10_000,
    });
    await settled(page);
    expect(await barriers(page)).toEqual([]);
    expect(wrong).toEqual([]);
    expect(elsewhere).toEqual([]);
    await close();
  });
});
