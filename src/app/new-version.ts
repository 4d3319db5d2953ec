/** Whether this page may be reloaded: a training that runs on it objects. */
export const mayReload = (): boolean => dispatchEvent(new Event('unmask:reload', { cancelable: true }));

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
  serviceWorker.addEventListener('controllerchange', () => {
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
  look();
}

/** Shows the newest build at the same address. */
export async function takeNewVersion(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration?.waiting) return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
  const takeOver = () => registration.waiting?.postMessage('take over');
  takeOver();
  // A worker that just answers a request puts the change off, in Chromium for half a minute, unless it is asked again.
  setInterval(takeOver, 1000);
}
