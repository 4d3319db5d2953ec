import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { minifySync, type Plugin } from 'vite';

/** Takes the comments out of the script that runs before the first paint, which is served as it is and waited for. */
export function firstScript(): Plugin {
  let file = '';
  return {
    name: 'first-script',
    apply: 'build',
    configResolved({ root, build }) {
      file = join(resolve(root, build.outDir), 'first.js');
    },
    writeBundle() {
      writeFileSync(file, minifySync(file, readFileSync(file, 'utf8')).code);
    },
  };
}
