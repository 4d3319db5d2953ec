import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from './programs.ts';
import { hasDesktop, virtualScreen } from './screen.ts';

/** A Firefox that can be started here, or why there is none. */
export type Firefox = { readonly program: string; readonly name: string } | { readonly missing: string };

const oldest = 140;

const onMac = ['Firefox', 'Firefox Developer Edition'].map((app) => `/Applications/${app}.app/Contents/MacOS/firefox`);
const onWindows = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap(
  (root) => (root ? [join(root, 'Mozilla Firefox', 'firefox.exe')] : []),
);

function installed(): string[] {
  const places = { darwin: onMac, win32: onWindows }[process.platform as string] ?? [];
  return [...onPath(['firefox', 'firefox-esr']), ...places.filter(existsSync)];
}

/** A snap's browser keeps its profiles to itself, so it is no use here; on Ubuntu a script stands for it. */
function isSnap(program: string): boolean {
  const path = realpathSync(program);
  return /^\/snap\/|\/snap$/.test(path) || readFileSync(path).subarray(0, 2000).includes('/snap/bin/');
}

/** What a program says it is: name and version; undefined if it is no Firefox, too old a one, or a snap's. */
function nameOf(program: string): string | undefined {
  try {
    accessSync(program, constants.X_OK);
    if (isSnap(program)) return undefined;
    // On Windows it does not answer; there its being installed is all we can ask.
    if (process.platform === 'win32') return 'Firefox';
    const answer = execFileSync(program, ['--version'], { timeout: 20_000, encoding: 'utf8', stdio: 'pipe' });
    const [said, major] = /Mozilla Firefox (\d+)[.\w]*/.exec(answer) ?? [];
    return Number(major) >= oldest ? said : undefined;
  } catch {
    return undefined;
  }
}

function lookUp(): Firefox {
  const asked = process.env.FIREFOX_PATH;
  if (asked && !existsSync(asked)) return { missing: `FIREFOX_PATH says ${asked}, and there is no such file` };
  for (const program of asked ? [asked] : installed()) {
    const name = nameOf(program);
    if (!name) continue;
    // Without a screen it has no WebGL on Linux: https://bugzilla.mozilla.org/show_bug.cgi?id=1375585
    const canDraw = process.platform !== 'linux' || virtualScreen() || hasDesktop();
    return canDraw ? { program, name } : { missing: `${name} needs a screen, and Xvfb was not found` };
  }
  return { missing: `none of version ${oldest} or later was found` };
}

const memo = globalThis as { unmaskFirefox?: Firefox };

/**
 * The Firefox of the tests: the one that `FIREFOX_PATH` names, or one that is installed. Looked up once a process,
 * however often it is asked for.
 */
export function findFirefox(): Firefox {
  memo.unmaskFirefox ??= lookUp();
  return memo.unmaskFirefox;
}

/** The Firefox of the tests in words: its name, version and program, or why its tests were skipped. */
export function describeFirefox(): string {
  const found = findFirefox();
  return 'missing' in found ? `${found.missing}; its tests were skipped` : `${found.name} (${found.program})`;
}
