import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** A module that is ready once a file of data has come: JSON is no script, and need not be parsed and run as one. */
export function fetchedModule(context: Rolldown.PluginContext, name: string, json: string): string {
  const file = context.emitFile({ type: 'asset', name, source: json });
  return `const answer = await fetch(import.meta.ROLLUP_FILE_URL_${file});
if (!answer.ok) throw new Error('${name} could not be fetched');
export default await answer.json();`;
}

const asked = /\.json\?fetched$/;
const prefix = '\0fetched:';

/** What is imported as `….json?fetched` comes as a file of its own in the built site. */
export function fetched(): Plugin {
  let isBuild = false;
  return {
    name: 'fetched',
    enforce: 'pre',
    configResolved({ command }) {
      isBuild = command === 'build';
    },
    async resolveId(id, importer) {
      if (!asked.test(id)) return undefined;
      const found = await this.resolve(id.replace(/\?fetched$/, ''), importer, { skipSelf: true });
      // Not under its own name, by which it would be taken for JSON.
      return found && `${prefix}${found.id.replace(/\.json$/, '')}`;
    },
    load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const path = `${id.slice(prefix.length)}.json`;
      this.addWatchFile(path);
      const json = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return isBuild ? fetchedModule(this, basename(path), json) : `export default ${json};`;
    },
  };
}
