import { resolve } from 'node:path';
import { chromium, type Page } from 'playwright';
import { createServer, type Plugin } from 'vite';
import { findBrowser, flags } from './chromium.ts';

/** A page with nothing on it, to import modules from. */
const emptyPage: Plugin = {
  name: 'empty-page',
  configureServer(server) {
    server.middlewares.use('/empty', (_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>empty</title>');
    });
  },
};

/** Runs `use` with a page of headless Chromium that can import the project's modules by `/path` below `src`. */
export async function withModulePage<T>(name: string, use: (page: Page) => Promise<T>): Promise<T> {
  const server = await createServer({
    logLevel: 'error',
    cacheDir: resolve(`node_modules/.vite/${name}`),
    server: { port: 0, host: '127.0.0.1', watch: null, hmr: false },
    plugins: [emptyPage],
  });
  await server.listen();
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...flags], env: { ...process.env, ...env } });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0]}empty`);
    return await use(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
