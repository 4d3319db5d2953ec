import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

export const offlineWorker = 'sw.js';
/** The browser looks after the worker's own file; hosts read the headers, and may not serve them. */
const notKept: readonly string[] = [offlineWorker, '_headers'];
/** What is large and not wanted by everybody: weights of recorded runs, fixtures of the checks. */
const later = /^assets\/([^/]+\.weights-[^/]+\.bin|reference-[^/]+\.json)$/;

/**
 * Writes before the code of the offline worker, in the folder of a build, the list of all files. `later` are those that
 * it keeps once they were looked at.
 */
export function writeOfflineList(out: string, code: string, later: (path: string) => boolean): void {
  const names = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !notKept.includes(name))
    .sort();
  const files = names.map((name) => {
    const content = readFileSync(join(out, name));
    return {
      path: name === 'index.html' ? './' : `./${name}`,
      integrity: `sha256-${createHash('sha256').update(content).digest('base64')}`,
      bytes: content.length,
      isLater: later(name),
    };
  });
  const hash = createHash('sha256').update(JSON.stringify(files)).update(code);
  const build = { id: hash.digest('hex').slice(0, 12), files };
  writeFileSync(join(out, offlineWorker), `const build = ${JSON.stringify(build)};\n${code}`);
}

/**
 * Writes the offline worker once the build is done, with a list of all files. Its own code cannot do without it: a
 * library's (Workbox) keeps single files by revision in one cache for all builds, not a build as a whole.
 */
export function offline(): Plugin {
  let out = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    buildStart() {
      const id = fileURLToPath(new URL('./offline-worker.ts', import.meta.url));
      this.emitFile({ type: 'chunk', id, fileName: offlineWorker });
    },
    writeBundle() {
      writeOfflineList(out, readFileSync(join(out, offlineWorker), 'utf8'), (name) => later.test(name));
    },
  };
}
