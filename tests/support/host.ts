import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** A static host whose folders can be exchanged while it runs, as a deployment does. */
export interface Host {
  /** Where it answers, without a slash at the end. */
  readonly origin: string;
  /** From now on a path (`/`, `/copy/`) holds this folder. */
  readonly put: (path: string, folder: string) => void;
  readonly close: () => Promise<void>;
}

/** The file that an address names, or nothing. */
function find(folders: ReadonlyMap<string, string>, pathname: string): string | undefined {
  const bases = [...folders.keys()].filter((base) => pathname.startsWith(base));
  const base = bases.sort((a, b) => b.length - a.length)[0];
  if (base === undefined) return undefined;
  const name = pathname.slice(base.length);
  const file = join(folders.get(base)!, name === '' ? 'index.html' : decodeURIComponent(name));
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/** `headers` go with every file that is found; `{ modified: true }` adds when it was last changed. */
export async function host(
  headers: Readonly<Record<string, string>> = {},
  { modified = false }: { readonly modified?: boolean } = {},
): Promise<Host> {
  const folders = new Map<string, string>();
  const server = createServer((request, response) => {
    const file = find(folders, new URL(request.url ?? '/', 'http://host').pathname);
    if (!file) return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such file.');
    response.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      ...headers,
      ...(modified && { 'Last-Modified': statSync(file).mtime.toUTCString() }),
    });
    return response.end(readFileSync(file));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    put: (path, folder) => folders.set(path, folder),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
