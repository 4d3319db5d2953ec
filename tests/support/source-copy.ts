import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, type Plugin, type PluginOption, type ViteDevServer } from 'vite';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the sources and the lessons with some folders more: what the catalogs find there they would find here. */
export interface SourceCopy {
  readonly path: string;
  readonly server: ViteDevServer;
  /** A module of the copy by its path below `src`, typed as the one it was copied from. */
  load<M>(path: string): Promise<M>;
  /** The files in which the copy differs from what it was copied from: added, edited or missing. */
  differences(): readonly string[];
  close(): Promise<void>;
}

/** In Node the engine's gradients load faster from one bundle. */
const gradientsInOneBundle: Plugin = {
  name: 'gradients-in-one-bundle',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/nn/tf.ts')
      ? code.replace('@tensorflow/tfjs-core/dist/register_all_gradients', '@tensorflow/tfjs')
      : undefined,
};

/** Every file below a folder, as paths from there. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());

/** Puts a folder of the tests into a copy, its imports of the sources as they must be there. */
function add(copy: string, from: string, to: string): void {
  cpSync(join(repository, from), join(copy, to), { recursive: true });
  for (const name of filesIn(join(repository, from))) {
    const file = join(copy, to, name);
    const sources = relative(dirname(file), join(copy, 'src')).split(sep).join('/');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll("'../../../src/", `'${sources}/`));
  }
}

/** `added`: folders of the tests, and where each goes in the copy. */
export async function copySources(
  added: Readonly<Record<string, string>>,
  plugins: readonly PluginOption[] = [],
): Promise<SourceCopy> {
  const path = mkdtempSync(join(tmpdir(), 'one-folder-'));
  const copied = ['src', 'lessons'];
  for (const folder of copied) cpSync(join(repository, folder), join(path, folder), { recursive: true });
  for (const [from, to] of Object.entries(added)) add(path, from, to);
  symlinkSync(join(repository, 'node_modules'), join(path, 'node_modules'));
  const server = await createServer({
    root: join(path, 'src'),
    cacheDir: join(path, '.vite'),
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null, fs: { allow: [path] } },
    optimizeDeps: { noDiscovery: true, include: [] },
    plugins: [gradientsInOneBundle, ...plugins],
  });
  const textOf = (file: string) => {
    try {
      return readFileSync(file, 'base64');
    } catch {
      return undefined;
    }
  };
  return {
    path,
    server,
    load: <M>(module: string) => server.ssrLoadModule(`/${module}`) as Promise<M>,
    differences: () =>
      copied
        .flatMap((folder) => {
          const names = new Set([...filesIn(join(repository, folder)), ...filesIn(join(path, folder))]);
          return [...names].map((name) => join(folder, name));
        })
        .filter((name) => textOf(join(repository, name)) !== textOf(join(path, name)))
        .map((name) => name.split(sep).join('/'))
        .sort(),
    async close() {
      await server.close();
      rmSync(path, { recursive: true });
    },
  };
}
