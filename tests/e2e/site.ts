import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
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

/** Builds the site that is served, as `npm run build` does. Throws what the build said where it fails. */
export async function builtSite(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { VITEST: _, ...env } = process.env;
  const vite = `${root}node_modules/vite/bin/vite.js`;
  const run = spawn(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, status] = await Promise.all([text(run.stderr), new Promise((done) => run.on('close', done))]);
  if (status !== 0) throw new Error(`The site could not be built:\n${said}`);
}

/** Serves the built site below a path, as a static host would. Who asks before it is `built` waits, or learns what went wrong. */
export async function serve(
  base: string,
  built?: Promise<void>,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    base,
    build: { outDir: folder },
    preview: { port: 0, host: '127.0.0.1' },
    plugins: [
      {
        name: 'wait-for-the-build',
        configurePreviewServer: ({ middlewares }) => {
          middlewares.use((_, response, next) => {
            const fail = ({ message }: Error) => {
              response.statusCode = 500;
              response.end(message);
            };
            Promise.resolve(built).then(() => next(), fail);
          });
        },
      },
    ],
  });
  const address = server.httpServer.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () => server.close(),
  };
}

/** Builds the site once for all tests, while those that need none run, and serves it until they are done. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const built = builtSite();
  // Told to each file of tests that waits for it.
  built.catch(() => undefined);
  const site = await serve('/', built);
  provide('site', site.url);
  provide('siteFolder', folder);
  return site.close;
}
