import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { look } from '../support/contrast.ts';
import { launch, type Visit, visit } from '../support/visit.ts';

const site = inject('site');
const lesson = '#/lesson/masked-language-modelling';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** The colour of one pixel of the screen, half way down an element and at a share of its width: `0,0,0`. */
async function pixelOf(page: Page, element: Locator, across: number): Promise<string> {
  await element.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await element.boundingBox())!;
  const clip = { x: Math.floor(x + across * width), y: Math.floor(y + height / 2), width: 1, height: 1 };
  const bytes = [...(await page.screenshot({ clip }))];
  return page.evaluate(async (png) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(png)], { type: 'image/png' }));
    const canvas = document.createElement('canvas').getContext('2d')!;
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).join();
  }, bytes);
}

const themes = ['light', 'dark'] as const;
const grounds = { light: '255,255,255', dark: '0,0,0' };

const pages = [
  ['#/', '.key .swatch'],
  [`${lesson}/mix`, 'section[aria-label="Masked tokens"] svg'],
  [`${lesson}/quiz`, 'section[aria-label="Questions"] svg'],
  ['#/play?batchSize=256&maxLength=512', '[aria-label="Training controls"] button'],
  ['#/credits', 'text=Moby-Dick'],
] as const;

describe.each(themes)('in the few colours of a %s system', (scheme) => {
  let one: Visit;
  let page: Page;
  beforeAll(async () => {
    one = await visit(browser, site, { forcedColors: 'active', colorScheme: scheme });
    page = one.page;
  });
  afterAll(() => one.close());

  /** Opens an address as a reader who once chose a theme of the site. */
  async function open(address: string, ready: string, theme: 'light' | 'dark' = 'light'): Promise<void> {
    await page.goto(`${site}${address}`);
    await page.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    await page.locator(ready).last().waitFor();
  }

  it.each(themes)('every word and every dot of the figures stands out, also where the theme is %s', async (theme) => {
    await open('#/gallery', '#verdicts svg', theme);
    const { words, marks, ...rest } = await page.evaluate(look);
    expect(words).toBeGreaterThan(500);
    expect(marks).toBeGreaterThan(100);
    expect(rest).toEqual({ ground: grounds[scheme], hard: [], lost: [] });
  });

  it.each(pages)('every word of the page at %s stands out', async (address, ready) => {
    await open(address, ready);
    const { hard, lost } = await page.evaluate(look);
    expect({ hard, lost }).toEqual({ hard: [], lost: [] });
  });

  it('swatches, the name of the site, the way in and where one is are seen', async () => {
    await open('#/', '.key .swatch');
    const swatches = page.locator('.key .swatch');
    expect(await swatches.count()).toBe(5);
    for (const swatch of await swatches.all()) expect(await pixelOf(page, swatch, 0.1)).not.toBe(grounds[scheme]);
    expect(await pixelOf(page, page.locator('header .chip'), 0.05)).not.toBe(grounds[scheme]);
    expect(await pixelOf(page, page.locator('.action'), 0)).not.toBe(grounds[scheme]);
    const dashes = await swatches
      .locator('line')
      .evaluateAll((all) => all.map((line) => getComputedStyle(line).strokeDasharray));
    expect(new Set(dashes).size).toBe(5);
    await open('#/play', 'header [aria-current="page"]');
    const here = page.locator('header [aria-current="page"]');
    expect(await here.evaluate((link) => getComputedStyle(link).textDecorationLine)).toBe('underline');
  });

  it('the dots of a lesson say which steps were read', async () => {
    await open(`${lesson}/mix`, '.dot');
    await open(`${lesson}/both-sides`, '.dot.seen:not([aria-current])');
    const middle = (dot: string) => pixelOf(page, page.locator(dot).first(), 0.5);
    expect(await middle('.dot.seen:not([aria-current])')).not.toBe(grounds[scheme]);
    expect(await middle('.dot[aria-current]')).not.toBe(grounds[scheme]);
    expect(await middle('.dot:not(.seen)')).toBe(grounds[scheme]);
  });
});
