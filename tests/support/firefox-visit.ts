import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { findFirefox } from './firefox.ts';
import { openScreen, virtualScreen } from './screen.ts';

/** A Firefox that runs in a profile of its own, which goes when it is closed. */
export interface RunningFirefox {
  readonly browser: Browser;
  /** The folder it saves files to. */
  readonly downloads: string;
  readonly close: () => Promise<void>;
}

/** Files are saved unasked, and WebGL may be drawn by software. */
const preferences = (downloads: string) => ({
  'browser.download.folderList': 2,
  'browser.download.dir': downloads,
  'browser.download.alwaysOpenPanel': false,
  'webgl.force-enabled': true,
});

/** Starts the Firefox of the tests, on Linux on a screen of its own where it can. */
export async function launchFirefox(): Promise<RunningFirefox> {
  const found = findFirefox();
  if ('missing' in found) throw new Error(`There is no Firefox to start: ${found.missing}.`);
  const isLinux = process.platform === 'linux';
  const virtual = isLinux ? virtualScreen() : undefined;
  const screen = virtual ? await openScreen(virtual) : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'unmask-firefox-'));
  const downloads = join(folder, 'downloads');
  mkdirSync(downloads);
  const clear = async () => {
    await screen?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const browser = await launch({
      browser: 'firefox',
      executablePath: found.program,
      headless: !isLinux,
      userDataDir: join(folder, 'profile'),
      timeout: 90_000,
      defaultViewport: null,
      extraPrefsFirefox: preferences(downloads),
      env: { ...process.env, ...screen?.env },
    });
    return { browser, downloads, close: () => browser.close().finally(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** A page under watch: whatever goes wrong on it. */
export interface FirefoxVisit {
  readonly page: Page;
  readonly wrong: readonly string[];
}

/** Opens an address in a tab of its own, in which training is done on WebGL, and waits for its heading. */
export async function openIn({ browser }: RunningFirefox, address: string): Promise<FirefoxVisit> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => localStorage.setItem('unmask/engine', 'webgl'));
  page.setDefaultTimeout(60_000);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') wrong.push(message.text());
  });
  await page.goto(address);
  await page.waitForSelector('h1');
  return { page, wrong };
}
