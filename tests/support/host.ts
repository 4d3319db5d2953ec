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
  '.wasm': 'application/wasm',
};

/** What a host sends with a file. */
export type Headers = (file: string) => Readonly<Record<string, string>>;

/** A static host whose folders can be exchanged while it runs, as a deployment does. */
export interface Host {
  /** Where it answers, without a slash at the end. */
  readonly origin: string;
  /** From now on a path (`/`, `/copy/`) holds this folder, without the files that are named in `lost`. */
  readonly put: (path: string, folder: string, lost?: RegExp) => void;
  readonly close: () => Promise<void>;
}

interface Put {
  readonly path: string;
  readonly folder: string;
  readonly lost?: RegExp | undefined;
}

/** The file that an address names, or nothing. */
function find(puts: readonly Put[], pathname: string): string | undefined {
  const put = puts.filter(({ path }) => pathname.startsWith(path)).sort((a, b) => b.path.length - a.path.length)[0];
  if (!put || put.lost?.test(pathname)) return undefined;
  const file = join(put.folder, decodeURIComponent(pathname.slice(put.path.length)) || 'index.html');
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

export async function startHost(headers: Headers = () => ({})): Promise<Host> {
  let puts: readonly Put[] = [];
  const server = createServer((request, response) => {
    const file = find(puts, new URL(request.url ?? '/', 'http://host').pathname);
    if (!file) return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such file.');
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'text/plain', ...headers(file) });
    return response.end(readFileSync(file));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    put: (path, folder, lost) => {
      puts = [...puts.filter((one) => one.path !== path), { path, folder, lost }];
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
