import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built site is served, with a slash at the end. */
    readonly site: string;
    /** The folder it was built into. */
    readonly siteFolder: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}node_modules/.cache/site`;

/** Serves the built site below a path, as a static host would. */
export async function serve(base: string): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    base,
    build: { outDir: folder },
    preview: { port: 0, host: '127.0.0.1' },
  });
  const address = server.httpServer.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () => server.close(),
  };
}

/** Builds the site once for all tests, as `npm run build` does, and serves it until they are done. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { VITEST: _, ...env } = process.env;
  const vite = `${root}node_modules/vite/bin/vite.js`;
  const { status, stderr } = spawnSync(
    process.execPath,
    [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'],
    {
      cwd: root,
      env: { ...env, NODE_ENV: 'production' },
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`The site could not be built:\n${stderr}`);
  const site = await serve('/');
  provide('site', site.url);
  provide('siteFolder', folder);
  return site.close;
}
