import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type Headers, startHost } from '../support/host.ts';
import { askedBy, lightBuild, secondBuild } from '../support/second-build.ts';
import { settled } from '../support/settled.ts';
import { launch, turnTo } from '../support/visit.ts';

// Each visit waits until a build is kept, on a busy machine for a while.
vi.setConfig({ testTimeout: 180_000 });

const lesson = '#/lesson/masked-language-modelling/mix';
const hint = 'A new version is ready.';

let browser: Browser;
let first: string;
let second: string;
beforeAll(async () => {
  browser = await launch();
  const asked = await askedBy(browser, inject('site'), ['#/', lesson, '#/play']);
  first = lightBuild(inject('siteFolder'), asked);
  second = secondBuild(first, asked);
});
afterAll(async () => {
  for (const folder of [first, second]) rmSync(folder, { recursive: true });
  await browser.close();
});

const buildOf = (page: Page) => page.evaluate(() => document.documentElement.dataset.build ?? 'first');
/** Asked again where a reload comes between. */
const showsSecond = (page: Page) =>
  expect.poll(() => buildOf(page).catch(() => ''), { timeout: 90_000 }).toBe('second');
const open = async (context: BrowserContext, address: string) => {
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  return page;
};
const isKept = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);
const lookForUpdate = (page: Page) =>
  page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
const cachesOf = (page: Page) => page.evaluate(async () => (await caches.keys()).sort());

/** A host with the first build, and a profile that may keep it. */
async function begin(headers: Headers, serviceWorkers: 'allow' | 'block' = 'allow') {
  const host = await startHost(headers);
  host.put('/', first);
  const context = await browser.newContext({ serviceWorkers });
  const end = async () => {
    await context.close();
    await host.close();
  };
  return { host, context, site: `${host.origin}/`, end };
}

/** How hosts let browsers keep the page itself. */
const cacheable: readonly (readonly [how: string, headers: Headers])[] = [
  ['for ten minutes', () => ({ 'Cache-Control': 'max-age=600' })],
  ['as long as they see fit', (file) => ({ 'Last-Modified': new Date(statSync(file).mtimeMs - 1e10).toUTCString() })],
];

it('where browsers may keep the page, a new version is taken when the reader says so, and works whole offline', async () => {
  const { host, context, site, end } = await begin(cacheable[0]![1]);
  const page = await open(context, `${site}#/`);
  await isKept(page);
  host.put('/', second);
  const again = await open(context, `${site}${lesson}`);
  expect(await buildOf(again)).toBe('first');
  await again.getByText(hint).waitFor();
  await page.close();
  await again.getByRole('button', { name: 'Reload' }).click();
  await showsSecond(again);
  expect(again.url()).toBe(`${site}${lesson}`);
  expect(await cachesOf(again)).toHaveLength(1);
  await context.setOffline(true);
  await again.reload();
  await again.locator('section[aria-label="Masked tokens"] svg').first().waitFor();
  expect(await buildOf(again)).toBe('second');
  await again.goto(`${site}#/play`);
  await again.locator('h1', { hasText: 'Playground' }).waitFor();
  await end();
});

describe.each(cacheable)('where browsers may keep the page %s', (_, headers) => {
  it('a new version that was left waiting is there at the next visit', async () => {
    const { host, context, site, end } = await begin(headers);
    await isKept(await open(context, `${site}#/`));
    host.put('/', second);
    const again = await open(context, `${site}#/`);
    await again.getByText(hint).waitFor();
    await again.getByRole('button', { name: 'Later' }).click();
    expect(await again.getByText(hint).count()).toBe(0);
    for (const page of context.pages()) await page.close();
    const later = await open(context, `${site}#/`);
    await showsSecond(later);
    await end();
  });

  it('a page that was kept past its build heals itself', async () => {
    const { host, context, site, end } = await begin(
      (file) => (file.endsWith('index.html') ? headers(file) : { 'Cache-Control': 'no-store' }),
      'block',
    );
    await open(context, `${site}#/`);
    host.put('/', second);
    const again = await open(context, `${site}${lesson}`);
    await again.locator('section[aria-label="Masked tokens"] svg').first().waitFor();
    expect(await buildOf(again)).toBe('second');
    await end();
  });
});

const plain: Headers = () => ({ 'Cache-Control': 'no-cache' });

it('a new version that was left waiting is there after a reload of the only window', async () => {
  const { host, context, site, end } = await begin(plain);
  const page = await open(context, `${site}#/`);
  await isKept(page);
  host.put('/', second);
  await lookForUpdate(page);
  await page.getByText(hint).waitFor();
  await page.getByRole('button', { name: 'Later' }).click();
  await page.reload();
  await showsSecond(page);
  await end();
});

it('another window goes on with the version it shows', async () => {
  const { host, context, site, end } = await begin(plain);
  const old = await open(context, `${site}#/`);
  await isKept(old);
  host.put('/', second);
  const page = await open(context, `${site}#/`);
  await page.getByText(hint).waitFor();
  await page.getByRole('button', { name: 'Reload' }).click();
  await showsSecond(page);
  await old.getByText(hint).waitFor();
  await turnTo(old, lesson);
  await old.locator('section[aria-label="Masked tokens"] svg').first().waitFor();
  expect(await buildOf(old)).toBe('first');
  await end();
});

it('a page that is open while its build is replaced heals itself at the next part it needs', async () => {
  const { host, context, site, end } = await begin(plain, 'block');
  const page = await open(context, `${site}#/`);
  // All its parts are there.
  await settled(page);
  host.put('/', second);
  await turnTo(page, '#/play');
  await page.locator('h1', { hasText: 'Playground' }).waitFor();
  expect(await buildOf(page)).toBe('second');
  await end();
});

it.each([
  ['its main script', /assets\/index-.*\.js$/],
  ['all its scripts', /assets\/.*\.js$/],
  ['every page', /assets\/Page-.*\.js$/],
])('where %s cannot be found at all, one reload is tried and a sentence says so', async (_, lost) => {
  const { host, context, site, end } = await begin(plain, 'block');
  host.put('/', first, lost);
  const page = await context.newPage();
  let loads = 0;
  page.on('domcontentloaded', () => {
    loads += 1;
  });
  await page.goto(`${site}#/`);
  await page.locator('h1', { hasText: 'This page did not load' }).waitFor();
  await page.waitForTimeout(1000);
  expect(loads).toBe(2);
  await end();
});

it('files of two builds are never kept together: the earlier one stays', async () => {
  const { host, context, site, end } = await begin(plain);
  const page = await open(context, `${site}#/`);
  await isKept(page);
  const before = await cachesOf(page);
  // The second build, but for its page, as behind a cache of the host's own.
  const mixed = mkdtempSync(join(tmpdir(), 'unmask-mixed-'));
  cpSync(second, mixed, { recursive: true });
  cpSync(join(first, 'index.html'), join(mixed, 'index.html'));
  host.put('/', mixed);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = new Promise<void>((done) => {
      registration?.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => installing.state === 'redundant' && done());
      });
    });
    await registration?.update();
    await found;
  });
  await context.setOffline(true);
  await page.goto(`${site}${lesson}`);
  await page.reload();
  await page.locator('section[aria-label="Masked tokens"] svg').first().waitFor();
  expect(await buildOf(page)).toBe('first');
  expect(await cachesOf(page)).toEqual(expect.arrayContaining(before));
  rmSync(mixed, { recursive: true });
  await end();
});

it('a training is not cut off without asking', async () => {
  const { host, context, site, end } = await begin(plain);
  const page = await open(context, `${site}#/play?layers=1&hidden=16&batchSize=4&steps=100000&evaluateEvery=1000`);
  await isKept(page);
  const training = page.getByRole('region', { name: 'Training', exact: true });
  await training.getByRole('button', { name: 'Start' }).click();
  await training.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 90_000 });
  host.put('/', second);
  await lookForUpdate(page);
  await page.getByText(hint).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByText('A model is training here').waitFor();
  expect(await buildOf(page)).toBe('first');
  await page.getByRole('button', { name: 'Reload all the same' }).click();
  await showsSecond(page);
  await end();
});

it('two copies of the site on one origin keep out of the way of each other', async () => {
  const { host, context, site, end } = await begin(plain);
  const copy = `${site}copy/`;
  host.put('/copy/', first);
  const page = await open(context, `${site}#/`);
  await isKept(page);
  const other = await open(context, `${copy}#/`);
  await other.waitForFunction((scope) => navigator.serviceWorker.controller?.scriptURL.startsWith(scope), copy);
  expect(await cachesOf(page)).toHaveLength(2);
  host.put('/copy/', second);
  await other.reload();
  await other.getByText(hint).waitFor();
  await other.getByRole('button', { name: 'Reload' }).click();
  await showsSecond(other);
  await context.setOffline(true);
  await page.reload();
  await page.locator('h1').first().waitFor();
  expect(await buildOf(page)).toBe('first');
  await other.reload();
  await other.locator('h1').first().waitFor();
  expect(await buildOf(other)).toBe('second');
  await end();
});
