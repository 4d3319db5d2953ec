import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';

/** Shipped as files, not as modules, so no bundle names them. */
const asFiles: readonly string[] = [
  '@fontsource-variable/source-sans-3',
  '@fontsource-variable/jetbrains-mono',
  'katex',
];
/** Packages under Apache-2.0 that bring no copy of it get this one's. */
const apacheText = '@huggingface/tokenizers/LICENSE';

/** `…/node_modules/@scope/name/dist/x.js` → `@scope/name`. */
function packageOf(id: string): string | undefined {
  const [, after] = id
    .split(sep)
    .join('/')
    .split(/.*\/node_modules\//);
  return after?.match(/^(?:@[^/]+\/)?[^/]+/)?.[0];
}

interface Manifest {
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

function licenceOf(modules: string, name: string): { readonly head: string; readonly text: string } {
  const folder = join(modules, name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const isApache = manifest.license === 'Apache-2.0';
  const text = file ? join(folder, file) : isApache ? join(modules, apacheText) : undefined;
  const owner = name.startsWith('@tensorflow/') ? ', Copyright Google LLC' : '';
  return {
    head: `${name} ${manifest.version} (${manifest.license ?? 'see below'})${owner}`,
    text: text && existsSync(text) ? readFileSync(text, 'utf8').trim() : `Licence: ${manifest.license}`,
  };
}

/**
 * Writes `licenses.txt`: every package whose code or files the site ships, the worker's included, with its licence.
 * The bundler's own list leaves the worker out.
 */
export function licences(modules: string): { readonly collect: () => Plugin; readonly write: () => Plugin } {
  const shipped = new Set(asFiles);
  const collect = (): Plugin => ({
    name: 'collect-packages',
    apply: 'build',
    transform: {
      filter: { id: /node_modules/ },
      handler(_, id) {
        const name = packageOf(id);
        if (name) shipped.add(name);
      },
    },
  });
  const write = (): Plugin => ({
    name: 'write-licences',
    apply: 'build',
    generateBundle() {
      const byText = new Map<string, string[]>();
      for (const name of [...shipped].filter((one) => existsSync(join(modules, one, 'package.json'))).sort()) {
        const { head, text } = licenceOf(modules, name);
        byText.set(text, [...(byText.get(text) ?? []), head]);
      }
      const blocks = [...byText].map(([text, heads]) => `${heads.join('\n')}\n\n${text}\n`);
      const source = `Unmask ships code and fonts of others, under these licences.\n\n${'='.repeat(80)}\n${blocks.join(`\n${'='.repeat(80)}\n`)}`;
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source });
    },
  });
  return { collect, write };
}
