import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { course, loadLesson } from '../../src/app/lessons.ts';
import { launch, visit } from '../support/visit.ts';

const site = inject('site');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** More presses of Tab than any step has things to come to. */
const mostTabs = 300;

/** What has the focus: a name that is its own, and whether it stands in the picture, and what it says. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const all = window as unknown as { seen?: Map<Element, number> };
    all.seen ??= new Map();
    const at = document.activeElement;
    if (!at || at === document.body) return undefined;
    if (!all.seen.has(at)) all.seen.set(at, all.seen.size);
    return {
      name: all.seen.get(at)!,
      inStage: at.closest('section.stage') !== null,
      text: at.textContent?.trim() ?? '',
    };
  });

/**
 * Goes on with Tab from the top of the page until the focus leaves it at its end or comes round; tells whether it came
 * into the picture. Throws where it goes round in a part of the page.
 */
async function tabThrough(page: Page): Promise<{ readonly stops: number; readonly inStage: number }> {
  await page.evaluate(() => document.querySelector<HTMLElement>('a[href]')?.focus());
  const names = [(await focused(page))!.name];
  let inStage = 0;
  for (let k = 0; k < mostTabs; k++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (!at) break;
    const before = names.indexOf(at.name);
    if (before > 0)
      throw new Error(`The focus is caught: “${at.text.slice(0, 40)}” comes again, what stood before it does not`);
    if (before === 0) break;
    names.push(at.name);
    inStage += Number(at.inStage);
  }
  expect(names.length, 'ends').toBeLessThan(mostTabs);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  return { stops: names.length, inStage };
}

it('leads through the whole course by keys alone, from lesson to lesson, and into every kind of panel and out', async () => {
  const lessons = await Promise.all(course.map(({ slug }) => loadLesson(slug)));
  const { page, wrong, close } = await visit(browser, `${site}#/lesson/${course[0]!.slug}`);
  const met = new Set<string>();
  const unreached: string[] = [];
  for (const [i, lesson] of lessons.entries()) {
    const steps = lesson!.acts.flatMap((act) => act.steps);
    for (const [k, step] of steps.entries()) {
      const place = `${course[i]!.slug}/${step.id}`;
      await page.locator('h1').getByText(step.title, { exact: true }).waitFor({ timeout: 20_000 });
      const kinds = step.parts.flatMap((part) => (part.kind === 'panel' && !met.has(part.name) ? [part.name] : []));
      if (kinds.length > 0 || k === steps.length - 1) {
        for (const kind of kinds) met.add(kind);
        await page.locator('section.stage .placed').first().waitFor();
        const controls = page.locator('section.stage :is(button, input, select, a, [tabindex="0"])').first();
        if (kinds.length > 0) await controls.waitFor({ timeout: 20_000 });
        const { inStage } = await tabThrough(page);
        if (kinds.length > 0 && inStage === 0) unreached.push(`${place}: ${kinds.join(', ')}`);
      }
      if (k < steps.length - 1) await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('ArrowLeft');
    await page.locator('h1').getByText(steps.at(-2)!.title, { exact: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('h1').getByText(steps.at(-1)!.title, { exact: true }).waitFor();
    const onward = i < lessons.length - 1 ? 'Next lesson' : 'Back to the course';
    for (let k = 0; k < mostTabs && !(await focused(page))?.text.startsWith(onward); k++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }
  await page.waitForURL((url) => url.hash === '#/' || url.hash === '');
  expect({ unreached, wrong }).toEqual({ unreached: [], wrong: [] });
  await close();
}, 900_000);
