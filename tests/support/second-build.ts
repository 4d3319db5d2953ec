import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { offlineWorker, writeOfflineList } from '../../src/app/build/offline.ts';
import { settled } from './settled.ts';

/** The files of a build that some of its pages ask for, as its list names them; `site` ends in a slash. */
export async function askedBy(
  browser: Browser,
  site: string,
  addresses: readonly string[],
): Promise<ReadonlySet<string>> {
  const asked = new Set<string>();
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  page.on('request', (request) => asked.add(request.url().slice(site.length)));
  for (const address of addresses) {
    await page.goto(`${site}${address}`);
    await page.locator('main svg').first().waitFor();
    await settled(page);
  }
  await context.close();
  return asked;
}

/** Writes anew what the offline worker of a build keeps from the first visit on: the page, and the files of its folder named in `asked`. */
function keepOnly(folder: string, asked: ReadonlySet<string>): void {
  const [, ...code] = readFileSync(join(folder, offlineWorker), 'utf8').split('\n');
  writeOfflineList(folder, code.join('\n'), (name) => name.startsWith('assets/') && !asked.has(name));
}

/**
 * Copies a build, for tests that many times wait until one is kept: its offline worker keeps from the first visit on
 * only `asked`, and the rest once it was looked at. → the copy's folder.
 */
export function lightBuild(whole: string, asked: ReadonlySet<string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'unmask-first-'));
  cpSync(whole, folder, { recursive: true });
  keepOnly(folder, asked);
  return folder;
}

/**
 * Makes of such a copy a later version of the site, told by a mark on its root element: all its scripts have other
 * names. → its folder.
 */
export function secondBuild(light: string, asked: ReadonlySet<string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'unmask-second-'));
  cpSync(light, folder, { recursive: true });
  const scripts = new Set(readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js')));
  const renamed = (text: string) =>
    text.replace(/[\w.-]+\.js\b/g, (name) => (scripts.has(name) ? name.replace(/\.js$/, '-second.js') : name));
  writeFileSync(join(folder, 'index.html'), renamed(readFileSync(join(folder, 'index.html'), 'utf8')));
  for (const name of scripts) {
    const path = join(folder, 'assets', name);
    const mark = /^index-(?!client)/.test(name) ? "document.documentElement.dataset.build = 'second';\n" : '';
    writeFileSync(path, `${mark}${renamed(readFileSync(path, 'utf8'))}`);
    renameSync(path, join(folder, 'assets', renamed(name)));
  }
  keepOnly(folder, new Set([...asked].map(renamed)));
  return folder;
}
