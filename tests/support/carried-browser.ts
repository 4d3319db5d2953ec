import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type { Browser } from './chromium.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const carried = join(modules, '@sparticuz/chromium');
const archives: readonly string[] = ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'];

/** Whether the npm packages carry a browser that this machine can run. */
export const hasCarriedBrowser = (): boolean =>
  process.platform === 'linux' && process.arch === 'x64' && existsSync(join(carried, 'bin/chromium.br'));

/** Writes the files of a tar archive below `folder`: names up to 100 bytes, plain files and folders, which is all there is. */
export function untar(archive: Uint8Array, folder: string): void {
  const text = (from: number, length: number) =>
    Buffer.from(archive.subarray(from, from + length))
      .toString('utf8')
      .replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const name = text(at, 100);
    const size = Number.parseInt(text(at + 124, 12), 8);
    const path = join(folder, name);
    if (text(at + 156, 1) === '5') mkdirSync(path, { recursive: true });
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, archive.subarray(at + 512, at + 512 + size));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** Unpacks the browser of the npm package once, through a temporary folder, so that a stopped unpacking leaves nothing half done. */
export function unpackCarriedBrowser(): Browser {
  const { version } = JSON.parse(readFileSync(join(carried, 'package.json'), 'utf8')) as { version: string };
  const home = join(modules, '.cache', `chromium-${version}`);
  if (!existsSync(home)) {
    const half = `${home}-${process.pid}`;
    mkdirSync(half, { recursive: true });
    const read = (name: string) => brotliDecompressSync(readFileSync(join(carried, 'bin', name)));
    for (const archive of archives) untar(read(archive), half);
    writeFileSync(join(half, 'chromium'), read('chromium.br'), { mode: 0o755 });
    try {
      renameSync(half, home);
    } catch {
      // Another process was first.
      rmSync(half, { recursive: true, force: true });
    }
  }
  const before = process.env.LD_LIBRARY_PATH;
  return {
    executablePath: join(home, 'chromium'),
    origin: 'carried by the packages',
    env: {
      LD_LIBRARY_PATH: before ? `${join(home, 'lib')}:${before}` : join(home, 'lib'),
      ...(process.env.FONTCONFIG_PATH ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }),
    },
  };
}
