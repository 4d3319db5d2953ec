import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import type { Engine } from '../../src/training/engine.ts';
import { findBrowser, flags } from './chromium.ts';

/** One browser for all tests of a file. */
export async function launch(more: readonly string[] = []): Promise<Browser> {
  const { executablePath, env } = await findBrowser();
  return chromium.launch({
    executablePath,
    args: [...flags, ...more],
    env: { ...(process.env as Record<string, string>), ...env },
  });
}

/** A page under watch: whatever goes wrong on it, and whatever it asks of another host. */
export interface Visit {
  readonly page: Page;
  readonly wrong: readonly string[];
  readonly elsewhere: readonly string[];
  /** Paths of the scripts that were loaded, without the slash. */
  readonly scripts: readonly string[];
  readonly close: () => Promise<void>;
}

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/**
 * Opens an address in a fresh profile and waits for its heading. What is trained there is trained on WebGL, if `engine`
 * says nothing else: left to itself a browser without a graphics card would take WebAssembly.
 */
export async function visit(
  browser: Browser,
  address: string,
  { engine = 'webgl', ...options }: BrowserContextOptions & { readonly engine?: Engine } = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: desktop, serviceWorkers: 'block', ...options });
  await context.addInitScript((name) => {
    // A frame without an address of its own has no storage.
    if (window.origin !== 'null') localStorage.setItem('unmask/engine', name);
  }, engine);
  const page = await context.newPage();
  const wrong: string[] = [];
  const elsewhere: string[] = [];
  const scripts: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    // Tests keep the service worker out, so that each visit is a first one; the browser says so on the console.
    if (message.text().includes('Service Worker registration blocked')) return;
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text());
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== new URL(address).origin) elsewhere.push(request.url());
    if (url.pathname.endsWith('.js')) scripts.push(url.pathname.slice(1));
  });
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  return { page, wrong, elsewhere, scripts, close: () => context.close() };
}

/** Another address of the same page: only what it needs is loaded, if that does not reload the page at once. */
export const turnTo = (page: Page, address: string) =>
  page
    .evaluate((hash) => {
      location.hash = hash;
    }, address)
    .catch((error: Error) => {
      if (!error.message.includes('context was destroyed')) throw error;
    });

const axe = readFileSync(fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

/** What axe finds serious or worse, as `rule: selector`; `rules` limits what it looks for. */
export async function barriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (only) => {
    const run: (context: Document, options: object) => Promise<{ readonly violations: readonly Violation[] }> =
      Reflect.get(window, 'axe').run;
    interface Violation {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly target: readonly string[] }[];
    }
    const { violations } = await run(document, { resultTypes: ['violations'], ...(only && { runOnly: only }) });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }, rules);
}
