import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser, Download, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Host } from '../support/host.ts';
import { policyOf, startPolicyHost } from '../support/policy-host.ts';
import { settled } from '../support/settled.ts';
import { launch, type Visit, visit } from '../support/visit.ts';

const folder = inject('siteFolder');
const html = readFileSync(join(folder, 'index.html'), 'utf8');
const sent = policyOf(folder, '/');

let browser: Browser;
let host: Host;
beforeAll(async () => {
  browser = await launch();
  host = await startPolicyHost(folder);
});
afterAll(async () => {
  await browser.close();
  await host.close();
});

/** Violations are errors on the console, a worker's too. */
async function under(address: string, act: (visit: Visit) => Promise<void>): Promise<void> {
  const one = await visit(browser, `${host.origin}/${address}`, { acceptDownloads: true });
  await act(one);
  expect(one.wrong).toEqual([]);
  expect(one.elsewhere).toEqual([]);
  await one.close();
}

async function saved(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await (download as Download).path());
}

describe('the policy', () => {
  it('allows nothing unsafe, and no inline script stands in the page', () => {
    expect(sent).toMatch(/^default-src 'self';/);
    expect(sent).not.toContain('unsafe');
    for (const path of ['/index.html', '/sw.js']) expect(policyOf(folder, path)).toBe(sent);
    // Only there may WebAssembly be compiled, which is no eval of scripts.
    expect(policyOf(folder, '/assets/*').replace(" 'wasm-unsafe-eval'", '')).toBe(sent);
    expect(html.replaceAll('&#39;', "'")).toContain(`content="${sent}"`);
    expect(html.match(/<script(?![^>]*\ssrc=)/g)).toBeNull();
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    const sheets = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.css'));
    expect(sheets.filter((name) => readFileSync(join(folder, 'assets', name), 'utf8').includes('data:'))).toEqual([]);
  });

  it('is in force: an inline script and a style attribute do nothing, and are reported', async () => {
    const { page, wrong, close } = await visit(browser, `${inject('site')}#/`);
    const done = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      const box = document.createElement('div');
      box.setAttribute('style', 'height: 7px');
      document.body.append(script, box);
      return [Reflect.has(window, 'ran'), box.style.height];
    });
    expect(done).toEqual([false, '']);
    await expect.poll(() => wrong.length).toBe(2);
    await close();
  });

  it('holds on every page, and leaves a formula its height', () =>
    under('#/', async ({ page }) => {
      for (const address of ['#/play', '#/gallery', '#/credits', '#/nowhere']) {
        await page.goto(`${host.origin}/${address}`);
        await page.locator('h1').first().waitFor();
        await settled(page);
      }
      const height = page.locator('[data-style^="height:"]');
      expect(await height.count()).toBe(0);
      await page.goto(`${host.origin}/#/lesson/masked-language-modelling/loss`);
      await height.first().waitFor({ state: 'attached' });
      const [asked, is] = await height.first().evaluate((element) => {
        const em = Number.parseFloat(getComputedStyle(element).fontSize);
        const share = Number.parseFloat(/height:([\d.]+)em/.exec(element.getAttribute('data-style') ?? '')?.[1] ?? '');
        return [share * em, Number.parseFloat(getComputedStyle(element).height)];
      });
      expect(is).toBeCloseTo(asked!, 1);
    }));

  it('lets a model train, and files be saved', { timeout: 180_000 }, () =>
    under('#/play?layers=1&hidden=16&batchSize=4&steps=20&evaluateEvery=10', async ({ page }) => {
      const training = page.getByRole('region', { name: 'Training', exact: true });
      await training.getByRole('button', { name: 'Start' }).click();
      await expect.poll(() => training.getByText('20 of 20 steps').count(), { timeout: 120_000 }).toBe(1);
      await page.getByLabel(/^Loss of 1 run/).waitFor();
      await training.getByRole('button', { name: 'More of this run' }).click();
      const csv = await saved(page, () => page.getByRole('button', { name: 'Losses as CSV' }).click());
      expect(csv.toString()).toMatch(/^step,loss/);
      const zip = await saved(page, () => page.getByRole('button', { name: 'Export the model' }).click());
      const files = unzipSync(zip);
      expect(Object.keys(files)).toEqual(expect.arrayContaining(['model.safetensors', 'run.json', 'train.py']));
      expect(Buffer.from(files['README.md']!).toString()).toContain('on held-out documents after step 20');
      expect(Buffer.from(files['text.txt']!).toString()).toMatch(/^once upon a time/);
      // What was opened lies over the chart.
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Table and files of “Loss”' }).click();
      const png = await saved(page, () =>
        page
          .getByRole('button', { name: /^Save “.*” as PNG$/ })
          .first()
          .click(),
      );
      expect(png.subarray(1, 4).toString()).toBe('PNG');
    }),
  );

  it('lets a text of one’s own be read', () =>
    under('#/play?corpus=own', async ({ page }) => {
      const sentences = Array.from({ length: 60 }, (_, i) => `The cat number ${i} sat down on the mat by the door.`);
      await page.getByLabel('Paste your text').fill(sentences.join('\n'));
      await page.getByRole('button', { name: 'Use this text' }).click();
      await page.getByText('60 sentences').first().waitFor();
      await page.locator('#example').scrollIntoViewIfNeeded();
      await page.locator('section[aria-label="Masked tokens"] svg').first().waitFor();
    }));

  it('lets the site be kept, and opened without a network', async () => {
    const one = await visit(browser, `${host.origin}/#/`, { serviceWorkers: 'allow' });
    await one.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await one.page.context().setOffline(true);
    await one.page.goto(`${host.origin}/#/play`);
    await one.page.reload();
    await one.page.locator('#example').scrollIntoViewIfNeeded();
    await one.page.locator('section[aria-label="Masked tokens"] svg').first().waitFor();
    expect(one.wrong).toEqual([]);
    await one.close();
  });
});
