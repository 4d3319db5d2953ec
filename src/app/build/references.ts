import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const name = 'virtual:references';
const served = '/references/';

/** The folders that the reference implementation made, by name. */
function foldersIn(project: string): readonly string[] {
  const at = join(project, 'tests/fixtures');
  return readdirSync(at)
    .filter((folder) => existsSync(join(at, folder, 'io.json')))
    .sort();
}

/** A folder as one file: its texts as they are, the weights in base64. */
function packed(project: string, folder: string): string {
  const read = (file: string) => readFileSync(join(project, 'tests/fixtures', folder, file));
  return JSON.stringify({
    config: read('config.json').toString(),
    weights: read('model.safetensors').toString('base64'),
    io: read('io.json').toString(),
  });
}

/**
 * The addresses of the references that the tests compare with, by name, so that a visitor's own device can be compared
 * with them too: one file each, fetched when it is its turn.
 */
export function references(): Plugin {
  let isBuild = false;
  let project = '';
  return {
    name: 'references',
    configResolved({ command, root }) {
      isBuild = command === 'build';
      // The site is rooted in its sources, the tests beside them.
      project = basename(root) === 'src' ? dirname(root) : root;
    },
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const entries = foldersIn(project).map((folder) => {
        if (!isBuild) return `${JSON.stringify(folder)}: ${JSON.stringify(`${served}${folder}.json`)}`;
        const file = this.emitFile({
          type: 'asset',
          name: `reference-${folder}.json`,
          source: packed(project, folder),
        });
        return `${JSON.stringify(folder)}: import.meta.ROLLUP_FILE_URL_${file}`;
      });
      return `export default {${entries.join(',\n')}};`;
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const folder = request.url?.startsWith(served) && request.url.slice(served.length).replace(/\.json$/, '');
        if (!folder || !foldersIn(project).includes(folder)) return next();
        response.setHeader('content-type', 'application/json');
        response.end(packed(project, folder));
      });
    },
  };
}
