import type { Kept, OfflineAsk } from '../offline.ts';

/**
 * The service worker `sw.js`. It keeps a build, byte for byte, and serves it without asking the network. A page of one
 * build is never given a file of another. Weights of recorded runs and what else is large and seldom wanted it keeps
 * once they were looked at, or all of them when the reader says so.
 */
declare const self: ServiceWorkerGlobalScope;
/** Written before this script when the site is built. */
declare const build: {
  /** Tells this build from any other. */
  readonly id: string;
  readonly files: readonly {
    readonly path: string;
    readonly integrity: string;
    readonly bytes: number;
    /** Kept when it is asked for; their names come from their content. */
    readonly isLater: boolean;
  }[];
};

const { scope } = self.registration;
/** What the names of this site's caches begin with: another copy on the same origin has another scope. */
const family = `unmask ${scope} `;
const own = `${family}${build.id}`;

const addressOf = ({ path }: { readonly path: string }): string => new URL(path, scope).href;
const later = new Map(build.files.filter(({ isLater }) => isLater).map((file) => [addressOf(file), file]));

/**
 * Takes all files or none. They come past the HTTP cache, which may still hold another build's page under the same
 * address; and where a host is just changing builds, or hands out an older file, the integrity fails and so does all.
 */
async function fill(): Promise<void> {
  const cache = await caches.open(own);
  const first = build.files.filter(({ isLater }) => !isLater);
  await cache.addAll(first.map(({ path, integrity }) => new Request(path, { cache: 'reload', integrity })));
  // What the reader had of the others, and has not changed, is not lost with the earlier build.
  for (const address of later.keys()) {
    const had = await caches.match(address, { ignoreVary: true });
    if (had) await cache.put(address, had);
  }
}

/** Other windows may still show an earlier build, and load parts of it as they need them: then it stays for now. */
async function clear(): Promise<void> {
  if ((await self.clients.matchAll({ type: 'window' })).length > 1) return;
  const earlier = (await caches.keys()).filter((name) => name.startsWith(family) && name !== own);
  await Promise.all(earlier.map((name) => caches.delete(name)));
}

async function answer(request: Request): Promise<Response> {
  const url = request.url.replace(/[?#].*$/, '');
  const address = url === `${scope}index.html` ? scope : url;
  const kept =
    (await caches.match(address, { cacheName: own, ignoreVary: true })) ??
    // Names in this folder come from the content, so whichever build kept one kept the right one.
    (url.startsWith(`${scope}assets/`) ? await caches.match(address, { ignoreVary: true }) : undefined);
  return kept ?? (later.has(address) ? take(address) : fetch(request));
}

/** Fetches one of the files that come later, and keeps it; where there is no room, the page gets it all the same. */
async function take(address: string): Promise<Response> {
  const { integrity } = later.get(address)!;
  const got = await fetch(new Request(address, { integrity }));
  if (!got.ok) return got;
  const copy = got.clone();
  await caches
    .open(own)
    .then((cache) => cache.put(address, copy))
    .catch(() => undefined);
  return got;
}

/** How much of the build is on this device. */
async function countKept(): Promise<Kept> {
  const cache = await caches.open(own);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  const sum = (files: typeof build.files) => files.reduce((total, { bytes }) => total + bytes, 0);
  return { bytes: sum(build.files.filter((file) => there.has(addressOf(file)))), of: sum(build.files) };
}

/** Answers over the port with how much is kept: once, or after each file until all are. */
async function tell({ what }: OfflineAsk, port: MessagePort): Promise<void> {
  let kept = await countKept();
  port.postMessage(kept);
  if (what === 'kept') return;
  let stopped = false;
  port.onmessage = () => {
    stopped = true;
  };
  const cache = await caches.open(own);
  for (const [address, { integrity, bytes }] of later) {
    if (stopped) break;
    if (await cache.match(address, { ignoreVary: true })) continue;
    try {
      const got = await fetch(new Request(address, { cache: 'reload', integrity }));
      if (!got.ok) throw new Error(`HTTP ${got.status}`);
      await cache.put(address, got);
    } catch (error) {
      port.postMessage({ ...kept, problem: error instanceof Error ? error.message : String(error) } satisfies Kept);
      return;
    }
    kept = { ...kept, bytes: kept.bytes + bytes };
    port.postMessage(kept);
  }
  port.postMessage({ ...kept, isEnd: true } satisfies Kept);
}

/** A visit may begin while the browser still holds the one before: then this build, left waiting there, is its own. */
async function takeOverIfAlone(): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.length === 1) await self.skipWaiting();
}

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(clear().then(() => self.clients.claim())));
self.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(self.skipWaiting());
  if (event.data === 'take over if alone') event.waitUntil(takeOverIfAlone());
  const [port] = event.ports;
  if (port) event.waitUntil(tell(event.data as OfflineAsk, port));
});
self.addEventListener('fetch', (event) => {
  const { method, url, cache } = event.request;
  // Whoever asks past the caches means this one too.
  if (method === 'GET' && cache !== 'reload' && url.startsWith(scope)) event.respondWith(answer(event.request));
});
