/** Whether this page may be reloaded: a training that runs on it objects. */
export const mayReload = (): boolean => dispatchEvent(new Event('unmask:reload', { cancelable: true }));

/** Time between two tries, and after how long another way is taken, in milliseconds. */
const askEveryMs = 1000;
const patienceMs = 4000;

/**
 * After the first visit the site works without a network. Calls `onReady` once a newer build than the page's is there
 * whole. Where a browser has no service workers or the host is not a safe one, the page goes on without.
 */
export async function keepOffline(onReady: () => void): Promise<void> {
  // A page that was not kept, but that lacks a part of its own build and must not be reloaded unasked.
  addEventListener('unmask:outdated', onReady);
  const { serviceWorker } = navigator;
  if (!import.meta.env.PROD || !serviceWorker || !window.isSecureContext) return;
  let isKept = serviceWorker.controller !== null;
  /** Until when a build that was waiting before this visit may still take its place unasked. */
  let unaskedUntil = 0;
  serviceWorker.addEventListener('controllerchange', () => {
    if (isKept && performance.now() < unaskedUntil && mayReload()) return location.reload();
    // The first worker takes over the page that called it; any other was taken by another window.
    if (isKept) onReady();
    isKept = true;
  });
  const registration = await serviceWorker.register('./sw.js').catch(() => undefined);
  if (!registration) return;
  const look = () => {
    if (registration.waiting && isKept) onReady();
  };
  const follow = () => registration.installing?.addEventListener('statechange', look);
  registration.addEventListener('updatefound', follow);
  follow();
  if (registration.waiting && isKept) {
    unaskedUntil = performance.now() + patienceMs;
    registration.waiting.postMessage('take over if alone');
  }
  look();
}

/** Whether the host answers; its answer replaces whatever the browser's own cache holds of the page. */
const isReachable = (): Promise<boolean> =>
  fetch(location.href, { cache: 'reload' }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Shows the newest build at the same address. */
export async function takeNewVersion(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration?.waiting) return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
  const since = performance.now();
  const takeOver = () => registration.waiting?.postMessage('take over');
  takeOver();
  // The change is put off while the old worker is at work, and Chromium may think so for good. Then the page goes past
  // both to the host, which has the new build: there it came from.
  const asking = setInterval(async () => {
    takeOver();
    if (performance.now() - since < patienceMs || !(await isReachable())) return;
    clearInterval(asking);
    await registration.unregister();
    location.reload();
  }, askEveryMs);
}
