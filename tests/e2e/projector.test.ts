import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import type { Host } from '../support/host.ts';
import { lessonFolders, stepsOf } from '../support/lesson-folders.ts';
import { startPolicyHost } from '../support/policy-host.ts';
import { settled } from '../support/settled.ts';
import { desktop, launch, visit } from '../support/visit.ts';

const sizes = [desktop, { width: 1920, height: 1080 }];

let browser: Browser;
let host: Host;
beforeAll(async () => {
  browser = await launch();
  host = await startPolicyHost(inject('siteFolder'));
});
afterAll(async () => {
  await browser.close();
  await host.close();
});

/** Whether all that a step shows stands above its footer, and nothing is to be scrolled to. */
const isWhole = () => {
  const footer = document.querySelector('footer')?.getBoundingClientRect().top ?? 0;
  const shown = [...document.querySelectorAll('main :is(h1, p, li, table, svg)')].filter(
    (one) => !one.closest('footer') && one.checkVisibility({ visibilityProperty: true }),
  );
  const { scrollHeight, scrollWidth } = document.documentElement;
  const isLow = shown.some((one) => one.getBoundingClientRect().bottom > footer + 1);
  return shown.length > 0 && !isLow && scrollHeight <= innerHeight && scrollWidth <= innerWidth;
};

/** Shows a step as a class sees it, and waits until it has a picture. */
async function present(page: Page, step: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `${step}?present=1`);
  await page.locator('main.presenting footer').waitFor();
  const picture = page.locator('main :is(svg, table, button[aria-pressed], input)').first();
  // A few steps are words alone.
  await picture.waitFor({ timeout: 5000 }).catch(() => undefined);
}

describe.concurrent('before a class, under the policy that hosts send', () => {
  it.for(lessonFolders())(
    '$slug shows each of its steps whole at either size',
    { timeout: 600_000 },
    async (lesson, { expect: expectHere }) => {
      const { page, wrong, elsewhere, close } = await visit(browser, `${host.origin}/#/lesson/${lesson.slug}`);
      const steps = stepsOf(lesson);
      expectHere(steps.length).toBeGreaterThan(10);
      const cut: string[] = [];
      for (const step of steps) {
        await present(page, step);
        for (const size of sizes) {
          await page.setViewportSize(size);
          await settled(page);
          await page
            .waitForFunction(isWhole, undefined, { timeout: 20_000 })
            .catch(() => cut.push(`${step} at ${size.width} × ${size.height}`));
        }
        await page.setViewportSize(desktop);
      }
      expectHere(cut).toEqual([]);
      expectHere(wrong).toEqual([]);
      expectHere(elsewhere).toEqual([]);
      await close();
    },
  );
});
