import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it, type TestContext, vi } from 'vitest';
import { findFirefox } from '../support/firefox.ts';
import { type FirefoxVisit, launchFirefox, openIn, type RunningFirefox } from '../support/firefox-visit.ts';
import { pages } from './pages.ts';

// On a busy machine its software renderer takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const site = inject('site');
/** Small and short: what is to be seen is that the numbers are numbers, not that they fall. */
const small = 'layers=1&hidden=16&batchSize=4&evaluateEvery=3';

/** One run of each objective, each architecture among them; `asked`: what each of its charts is of. */
const runs = [
  {
    name: 'masked tokens and the next sentence',
    query: 'architecture=bert&pairing=nsp&pairing.sentencesPerSegment=1',
    asked: ['hidden tokens', 'next sentence or not'],
  },
  {
    name: 'the order of two sentences',
    query: 'architecture=albert&pairing=sop&pairing.sentencesPerSegment=1',
    asked: ['hidden tokens', 'order of the sentences'],
  },
  { name: 'the next token', query: 'architecture=bert&noising=causal', asked: ['the next token'] },
  {
    name: 'tokens in a random order',
    query: 'architecture=xlnet&noising=plm&noising.share=0.5',
    asked: ['tokens in the order drawn'],
  },
  {
    name: 'which tokens were replaced',
    query: 'architecture=electra&noising=rtd',
    asked: ['generator', 'discriminator'],
  },
  { name: 'a text written back', query: 'architecture=bart&noising=denoise', asked: ['the text written back'] },
  { name: 'masked tokens alone', query: 'architecture=roberta&noising=mlm', asked: ['hidden tokens'] },
  { name: 'reading on', query: 'architecture=distilbert&pairing=following', asked: ['hidden tokens'] },
];

const poll = { timeout: 60_000, interval: 50 };
const button = (name: string) => `::-p-aria([name="${name}"][role="button"])`;
/** Presses a button once it can be, wherever pictures that come in meanwhile have moved it. */
const press = (page: Page, selector: string) =>
  page
    .locator(selector)
    .map((found) => (found as HTMLButtonElement).click())
    .wait();
const training = 'section[aria-label="Training"]';
const mainButton = (page: Page) => page.$eval(`${training} button.main`, ({ innerText }) => innerText);
const reaches = (page: Page, label: RegExp) => expect.poll(() => mainButton(page), poll).toMatch(label);
const stepsDone = (page: Page) =>
  page.$eval(`${training} .where b`, ({ textContent }) => Number(textContent?.replaceAll(',', '')));
/** It may be open from before. */
const openMore = (page: Page) =>
  page
    .locator(`${training} button.more`)
    .map((more) => more.ariaExpanded === 'true' || (more as HTMLButtonElement).click())
    .wait();
const labelsOf = (page: Page, selector: string) =>
  page.$$eval(selector, (all) => all.map((one) => one.getAttribute('aria-label') ?? ''));

/** Turns to another address in the same page, and trains what it says. */
async function start(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  const canStart = () =>
    page.$eval(training, (lab) => {
      const main = lab.querySelector('button.main')?.textContent?.trim();
      return main === 'Start' || lab.querySelector('button.changed') !== null;
    });
  await expect.poll(canStart, poll).toBe(true);
  const restart = await page.$(`${training} button.changed`);
  await press(page, restart ? `${training} button.changed` : `${training} button.main`);
}

describe.skipIf('missing' in findFirefox())('in Firefox', () => {
  let firefox: RunningFirefox;
  let canTrain = false;
  beforeAll(async () => {
    firefox = await launchFirefox();
    const page = await firefox.browser.newPage();
    canTrain = await page.evaluate(() => new OffscreenCanvas(1, 1).getContext('webgl2') !== null);
    await page.close();
  });
  afterAll(() => firefox?.close());

  const open = (address: string) => openIn(firefox, `${site}${address}`);
  const needsWebGl = ({ skip }: TestContext) => skip(!canTrain, 'this Firefox has no WebGL 2 here');

  it.each(pages)(
    'the page at $address opens at once and without an error',
    async ({ address, title, ready, below }) => {
      const { page, wrong } = await open(address);
      if (below) await page.$eval(below, (one) => one.scrollIntoView());
      await page.waitForSelector(ready.replace(/^text=(.*)$/, '::-p-text($1)'));
      expect(await page.$eval('h1', (heading) => heading.textContent)).toBe(title);
      const loaded = () => performance.getEntriesByType('navigation').map((entry) => Reflect.get(entry, 'type'));
      expect(await page.evaluate(loaded)).toEqual(['navigate']);
      expect(wrong).toEqual([]);
      await page.close();
    },
  );

  it('the tape is scrubbed, and one draw drawn anew', async () => {
    const { page, wrong } = await open('#/lesson/masked-language-modelling/mix');
    const slider = 'section[aria-label="Masked tokens"] [role="slider"]';
    const said = (attribute: string) => page.$eval(slider, (one, name) => one.getAttribute(name), attribute);
    const last = Number(await page.waitForSelector(slider).then(() => said('aria-valuemax')));
    await page.$eval(slider, (one) => (one as SVGElement).focus());
    await page.keyboard.press('Home');
    await expect.poll(() => said('aria-valuenow'), poll).toBe('0');
    const { x, y, width, height } =
      (await (await page.$(slider))?.boundingBox()) ?? expect.fail('the tape is not there');
    await page.mouse.click(x + width - 8, y + height / 2);
    await expect.poll(() => said('aria-valuenow'), poll).toBe(`${last}`);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => said('aria-valuenow'), poll).toBe(`${last - 1}`);
    await page.locator(`[aria-label^="Draw ${last - 1} anew:"]`).click();
    await page.waitForSelector(`::-p-text(Draw ${last - 1} drawn anew)`);
    expect(new URL(page.url()).hash).toContain(`redraws=${last - 2}`);
    expect(wrong).toEqual([]);
    await page.close();
  });

  describe('a model', () => {
    let visit: FirefoxVisit | undefined;

    it.for(runs)('trains on $name, to losses that are numbers', async ({ query, asked }, context) => {
      needsWebGl(context);
      // In one page, as somebody who turns to one objective after the other: the text is read once.
      const address = `#/play?${small}&steps=6&${query}`;
      visit ??= await open(address);
      const { page, wrong } = visit;
      await start(page, address);
      await reaches(page, /^Finished$/);
      expect(await stepsDone(page)).toBe(6);
      const chart = () => labelsOf(page, `${training} svg[aria-label^="Loss of"]`);
      for (const what of asked) {
        // Of several networks each curve goes by whose it is, its tab by what it is asked.
        const title = { generator: 'hidden tokens', discriminator: 'replaced or original' }[what] ?? what;
        if (asked.length > 1) await press(page, `${training} .pane.loss button.tab::-p-text(${title})`);
        // A run that was trained before stays on the chart, and then each goes by its letter.
        const finite = expect.stringMatching(`(${what}|[B-F]): held-out loss \\d+\\.\\d+ at step 6`);
        await expect.poll(chart, poll).toEqual([finite]);
      }
      expect(wrong).toEqual([]);
    });

    it('is exported as a zip whose weights are there', async (context) => {
      needsWebGl(context);
      const { page, wrong } = visit ?? expect.fail('nothing was trained');
      await openMore(page);
      await press(page, button('Export the model'));
      const zips = () => readdirSync(firefox.downloads).filter((name) => name.endsWith('.zip'));
      await expect.poll(zips, poll).toEqual(['unmask-distilbert-step-6.zip']);
      const read = () => unzipSync(readFileSync(join(firefox.downloads, zips()[0]!)));
      // The name is there before the whole file is.
      await expect.poll(() => Object.keys(read()), poll).toContain('model.safetensors');
      expect(read()['model.safetensors']?.length).toBeGreaterThan(10_000);
      expect(wrong).toEqual([]);
    });

    it('is paused, left, and taken up again at the same step', async (context) => {
      needsWebGl(context);
      const { page, wrong } = visit ?? expect.fail('nothing was trained');
      // So many steps that no device is done before it is told to pause.
      await start(page, `#/play?${small}&steps=100000`);
      await reaches(page, /^Pause$/);
      await expect.poll(() => stepsDone(page), poll).toBeGreaterThan(0);
      await press(page, button('Pause'));
      await reaches(page, /^Go on$/);
      const left = await stepsDone(page);
      await openMore(page);
      await page.waitForSelector(`::-p-text(at step ${left})`);
      await page.reload();
      await press(page, button(`Resume from step ${left}`));
      await reaches(page, /^Pause$/);
      expect(await stepsDone(page)).toBeGreaterThanOrEqual(left);
      await expect.poll(() => stepsDone(page), poll).toBeGreaterThan(left);
      expect(wrong).toEqual([]);
      await page.close();
    });
  });
});
