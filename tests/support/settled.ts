import type { Page } from 'playwright';

/**
 * Waits until for `ms` nothing has moved, come or been fetched: pictures come in one after the other, and each time a
 * page is fitted anew. Gives up waiting after 20 s; what is then expected of the page says what is wrong.
 */
export async function settled(page: Page, ms = 300): Promise<void> {
  await page.evaluate(async (still) => {
    const look = () => {
      const shown = document.querySelectorAll('main, main :is(h1, h2, p, li, table, svg, button)');
      const boxes = Array.from(shown, (one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return [x, y, width, height].map(Math.round).join();
      });
      return [performance.getEntriesByType('resource').length, document.fonts.status, ...boxes].join(' ');
    };
    const end = performance.now() + 20_000;
    let last = look();
    let since = performance.now();
    while (performance.now() - since < still && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const now = look();
      if (now !== last) since = performance.now();
      last = now;
    }
  }, ms);
}
