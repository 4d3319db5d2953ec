import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { lessonFolders } from '../support/lesson-folders.ts';
import { launch, visit } from '../support/visit.ts';
import { serve } from './site.ts';

const site = inject('site');
const lessons = lessonFolders();
/** A step with a lab, of lessons that have none called `start`. */
const labs: Readonly<Record<string, string>> = {
  'dynamic-masking': 'fresh-run',
  'narrow-and-deep': 'lift',
  'which-one': 'race',
};
const folder = inject('siteFolder');
const lesson = '#/lesson/masked-language-modelling';

const files = readdirSync(join(folder, 'assets'));
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const packed = (path: string) => gzipSync(read(path)).length;
/** A sentence of TensorFlow.js's core. */
const isEngine = (path: string) => read(path).includes('Could not find a global object');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Everything a module reaches by static imports, itself included. */
function reached(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, next] of read(path).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    reached(`assets/${next}`, found);
  return found;
}

describe('the built site', () => {
  it('loads few scripts before Start, and nothing of the engine', { timeout: 240_000 }, async () => {
    // What runs apart from the page: the one that trains, and the one that reads texts.
    const workers = files.filter((name) => /^(text-)?worker-.*\.js$/.test(name)).map((name) => `assets/${name}`);
    expect(workers).toHaveLength(2);
    const engine = new Set(workers.flatMap((worker) => [...reached(worker)]));
    const weigh = async (address: string, ready: string) => {
      const { page, scripts, close } = await visit(browser, `${site}${address}`);
      await page.locator(ready).first().waitFor();
      const own = [...new Set(scripts)].filter((script) => !engine.has(script));
      expect(own.filter(isEngine)).toEqual([]);
      await close();
      return own.reduce((sum, script) => sum + packed(script), 0);
    };
    expect(await weigh('#/', 'svg [aria-label^="BERT,"]'), 'home').toBeLessThan(120_000);
    expect(await weigh(`${lesson}/mix`, 'section[aria-label="Masked tokens"] svg')).toBeLessThan(120_000);
    // A lab shows a trained model before Start: its chart, its answers and the model from inside.
    for (const { slug } of lessons)
      expect(await weigh(`#/lesson/${slug}/${labs[slug] ?? 'start'}`, 'section.model svg'), slug).toBeLessThan(120_000);
    expect(await weigh('#/play', 'section.model svg'), 'playground').toBeLessThan(120_000);
  });

  it('keeps the engine in the worker, together below 210 kB', () => {
    const worker = files.find((name) => /^worker-.*\.js$/.test(name)) ?? '';
    const all = [...reached(`assets/${worker}`)];
    expect(all.some(isEngine)).toBe(true);
    expect(all.reduce((sum, path) => sum + packed(path), 0)).toBeLessThan(210_000);
  });

  it('says under which licence the engine is', () => {
    expect(read('licenses.txt')).toMatch(/@tensorflow\/tfjs-core 4[\d.]+ \(Apache-2\.0\)/);
    expect(read('licenses.txt')).toContain('http://www.apache.org/licenses/');
  });

  it('ships formula fonts in one format', () => {
    expect(files.filter((name) => /\.(ttf|woff)$/.test(name))).toEqual([]);
    expect(files.some((name) => /^KaTeX_Main-Regular.*\.woff2$/.test(name))).toBe(true);
  });

  it('works below any path', async () => {
    const { url, close } = await serve('/some/where/deep/');
    const one = await visit(browser, `${url}${lesson}/both-sides`);
    await one.page.locator('section[aria-label="Who may look at whom"] svg').waitFor();
    expect(one.wrong).toEqual([]);
    await one.close();
    await close();
  });

  it('works without a network after the first visit', async () => {
    const one = await visit(browser, `${site}#/`, { serviceWorkers: 'allow' });
    await one.page.evaluate(() => navigator.serviceWorker.ready);
    await one.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await one.page.context().setOffline(true);
    await one.page.goto(`${site}#/credits`);
    await one.page.reload();
    await one.page.locator('h1', { hasText: 'Credits' }).waitFor();
    await one.page.goto(`${site}${lesson}/mix`);
    await one.page.locator('section[aria-label="Masked tokens"] svg').first().waitFor();
    expect(one.wrong).toEqual([]);
    await one.close();
  });

  it('answers for other files than the page with themselves, with and without a network', async () => {
    const one = await visit(browser, `${site}#/`, { serviceWorkers: 'allow' });
    const { page } = one;
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    for (const offline of [false, true]) {
      await page.context().setOffline(offline);
      await page.goto(`${site}licenses.txt`);
      expect(await page.locator('body').innerText()).toContain('Unmask ships code and fonts of others');
      for (const address of ['index.html', '', '?from=elsewhere']) {
        await page.goto(`${site}${address}#/credits`);
        await page.locator('h1', { hasText: 'Credits' }).waitFor();
      }
    }
    await one.close();
  });
});
