/**
 * The service worker `sw.js`. It keeps one whole build, byte for byte, and serves it without asking the network. A page
 * of one build is never given a file of another.
 */
declare const self: ServiceWorkerGlobalScope;
/** Written before this script when the site is built. */
declare const build: {
  /** Tells this build from any other. */
  readonly id: string;
  readonly files: readonly { readonly path: string; readonly integrity: string }[];
};

const { scope } = self.registration;
/** What the names of this site's caches begin with: another copy on the same origin has another scope. */
const family = `unmask ${scope} `;
const own = `${family}${build.id}`;

/**
 * Takes all files or none. They come past the HTTP cache, which may still hold another build's page under the same
 * address; and where a host is just changing builds, or hands out an older file, the integrity fails and so does all.
 */
async function fill(): Promise<void> {
  const cache = await caches.open(own);
  await cache.addAll(build.files.map(({ path, integrity }) => new Request(path, { cache: 'reload', integrity })));
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
  return kept ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(clear().then(() => self.clients.claim())));
self.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(self.skipWaiting());
});
self.addEventListener('fetch', (event) => {
  const { method, url, cache } = event.request;
  // Whoever asks past the caches means this one too.
  if (method === 'GET' && cache !== 'reload' && url.startsWith(scope)) event.respondWith(answer(event.request));
});

export {};
