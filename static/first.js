// Runs before the first paint, and stands alone: it must work where the rest of the site is missing.

// A chosen theme does not flash.
try {
  const theme = JSON.parse(localStorage.getItem('unmask/theme') ?? '""');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}

// Where a new build has been put in place and some cache still held the old page, files of the old build are missing.
// The page then heals itself by one reload past all caches.

let isHealing = false;

/** Once for each build, which its main script tells apart, so that it cannot go round in circles. */
function isFirstTry() {
  const key = `unmask/healed ${document.querySelector('script[type=module]')?.src}`;
  const isFirst = sessionStorage.getItem(key) === null;
  sessionStorage.setItem(key, 'yes');
  return isFirst;
}

async function heal() {
  if (isHealing) return;
  // Whoever would lose something by a reload says so; the page then offers it instead.
  if (!dispatchEvent(new Event('unmask:reload', { cancelable: true }))) {
    dispatchEvent(new Event('unmask:outdated'));
    return;
  }
  isHealing = true;
  try {
    // Without a network nothing better can be had, and nothing is tried.
    const { ok } = await fetch(location.href, { cache: 'reload' });
    if (!ok || !isFirstTry()) throw new Error('the page cannot be had anew');
    const registration = await navigator.serviceWorker?.getRegistration();
    if (registration?.scope === new URL('./', location.href).href) await registration.unregister();
    location.reload();
  } catch {
    isHealing = false;
    const app = document.getElementById('app');
    if (!app || app.hasChildNodes()) return;
    const title = document.createElement('h1');
    title.textContent = 'This page did not load';
    app.append(title, 'A part of the site could not be fetched. Reload the page to try again.');
  }
}

addEventListener('vite:preloadError', heal);
// Failures to load do not bubble, but they can be captured. That a module could not be fetched ahead of its import says
// nothing: Firefox says so of one that is there already, and where one is missing, its import fails too.
addEventListener(
  'error',
  ({ target }) => {
    const isSheet = target instanceof HTMLLinkElement && target.rel === 'stylesheet';
    if (isSheet || target instanceof HTMLScriptElement) void heal();
  },
  true,
);
