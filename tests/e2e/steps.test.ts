import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, type Visit, visit } from '../support/visit.ts';

const site = inject('site');
const lesson = '#/lesson/masked-language-modelling';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const hashOf = (page: Page) => new URL(page.url()).hash;
const heading = (page: Page, text: string) => page.locator('h1', { hasText: text }).waitFor();
const stage = 'section[aria-label="Masked tokens"]';

async function opened(address: string, act: (visit: Visit) => Promise<void>): Promise<void> {
  const one = await visit(browser, `${site}${address}`);
  await act(one);
  expect(one.wrong).toEqual([]);
  await one.close();
}

describe('a lesson', () => {
  it('turns its steps with arrow keys, a clicker, buttons and dots, each with an address', () =>
    opened(lesson, async ({ page }) => {
      await heading(page, 'A game with holes');
      await page.keyboard.press('ArrowRight');
      await heading(page, 'First draw');
      expect(hashOf(page)).toBe(`${lesson}/places`);
      await page.keyboard.press('PageDown');
      await heading(page, 'Second draw');
      await page.keyboard.press('PageUp');
      await heading(page, 'First draw');
      await page.getByRole('button', { name: 'Next' }).click();
      await heading(page, 'Second draw');
      await page.getByRole('link', { name: 'Everybody sees everybody' }).click();
      await heading(page, 'Everybody sees everybody');
      expect(hashOf(page)).toBe(`${lesson}/both-sides`);
      await page.goBack();
      await heading(page, 'Second draw');
    }));

  it('stays at its ends, whatever key is pressed', () =>
    opened(`${lesson}/summary`, async ({ page }) => {
      await heading(page, 'What you can say now');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('PageDown');
      expect(hashOf(page)).toBe(`${lesson}/summary`);
    }));

  it.each([
    ['holes', 'Hole 1 of 3', 'A game with holes'],
    ['places', 'Sentence', 'First draw'],
  ])('leaves the arrow keys to a text that is being written, at %s', (step, field, title) =>
    opened(`${lesson}/${step}`, async ({ page }) => {
      await page.getByLabel(field).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('p');
      expect(hashOf(page).split('?')[0]).toBe(`${lesson}/${step}`);
      await heading(page, title);
      expect(await page.locator('article').isVisible()).toBe(true);
    }),
  );

  it('begins with a game: guesses are typed, revealed and counted with keys alone', () =>
    opened(`${lesson}/holes`, async ({ page }) => {
      await page.getByLabel('Hole 1 of 3').focus();
      await page.keyboard.type('friday');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.type('for');
      await page.keyboard.press('Enter');
      await page.getByText('1 of 3 right so far').waitFor();
      await page.getByText('nobody can know it: 7 words are equally likely').waitFor();
      await page.keyboard.press('Enter');
      await page.getByLabel('Hole 1 of 3').waitFor();
      expect(hashOf(page)).toBe(`${lesson}/holes`);
    }));

  it('keeps the reader’s own example through steps, a reload and a sent address', () =>
    opened(`${lesson}/places`, async ({ page, wrong }) => {
      await page.getByLabel('Sentence').fill('on monday , it was sunny , so the cat looked for fish near the farm .');
      await page.getByRole('button', { name: 'New draw' }).click();
      const row = page.locator(`${stage} svg`).first();
      const before = await row.getAttribute('aria-label');
      expect(before).toMatch(/^.*19 tokens.*loss at positions/);
      await page.getByRole('button', { name: 'Next' }).click();
      await heading(page, 'Second draw');
      await page.getByRole('button', { name: 'Next' }).click();
      await heading(page, 'What is asked');
      expect(await row.getAttribute('aria-label')).toBe(before);
      const sent = await visit(browser, page.url());
      await sent.page.locator(`${stage} svg`).first().waitFor();
      expect(await sent.page.locator(`${stage} svg`).first().getAttribute('aria-label')).toBe(before);
      expect([...wrong, ...sent.wrong]).toEqual([]);
      await sent.close();
    }));

  it('shows the picture and the title alone in presenter mode, twice as large', () =>
    opened(`${lesson}/mix`, async ({ page }) => {
      const size = () => page.locator('h1').evaluate((title) => title.getBoundingClientRect().height);
      await heading(page, 'Second draw');
      const before = await size();
      await page.keyboard.press('p');
      await page.getByRole('button', { name: 'Leave presenter mode' }).waitFor();
      expect(hashOf(page)).toBe(`${lesson}/mix?present=1`);
      expect(await page.locator('article').isVisible()).toBe(false);
      expect(await size()).toBeGreaterThan(1.8 * before);
      await page.keyboard.press('PageDown');
      await heading(page, 'What is asked');
      await page.keyboard.press('Escape');
      await page.locator('article').waitFor();
      expect(hashOf(page)).toBe(`${lesson}/labels`);
    }));

  it('fits the strip and the whole tape on a projector, in type as large as there is room for', () =>
    opened(`${lesson}/mix?present=1`, async ({ page }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.locator(`${stage} [role="slider"]`).waitFor();
      /** The zoom once nothing is cut off; before, and while the page is still measuring, 0. */
      const zoomThatFits = () =>
        page.evaluate((slider) => {
          const one = (selector: string) => document.querySelector(selector)!;
          const { zoom } = getComputedStyle(one('section.stage'));
          const screen = one('footer').getBoundingClientRect().top;
          const beyond = document.documentElement.scrollHeight - window.innerHeight;
          const fits = one(slider).getBoundingClientRect().bottom <= screen + 1 && beyond <= 0.01 * window.innerHeight;
          return fits ? Number(zoom) : 0;
        }, `${stage} [role="slider"]`);
      await expect.poll(zoomThatFits, { timeout: 20_000 }).toBeGreaterThan(1.16);
      const zoom = await zoomThatFits();
      // Right after the window has grown everything fits in the old size.
      await page.setViewportSize({ width: 2560, height: 1440 });
      await expect.poll(zoomThatFits, { timeout: 20_000 }).toBeGreaterThan(zoom + 0.05);
    }));

  it.each(['permutation', 'denoising'])('shows the whole formula beside the lab of %s', (slug) =>
    opened(`#/lesson/${slug}/loss`, async ({ page }) => {
      const formula = page.locator('article .katex-display');
      await formula.waitFor();
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const beyond = () => formula.evaluate((one) => one.scrollWidth - one.clientWidth);
        await expect.poll(beyond).toBeLessThanOrEqual(0);
      }
    }),
  );

  it('says when an address leads to no step, and shows the beginning', () =>
    opened(`${lesson}/nowhere`, async ({ page }) => {
      await page.getByText('This lesson has no step “nowhere”').waitFor();
      await heading(page, 'A game with holes');
    }));

  it('asks, reveals and counts with keys alone', () =>
    opened(`${lesson}/quiz`, async ({ page }) => {
      await page.getByRole('heading', { name: /Only one of these rows/ }).waitFor();
      await page.keyboard.press('2');
      await page.keyboard.press('Enter');
      await page.getByText(/of 1 right so far/).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /What is the label at place/ }).waitFor();
      await page.reload();
      await page.getByText(/Question 2, [01] of 1 right so far/).waitFor();
    }));
});

describe('a mangled address', () => {
  it.each([
    ['#/lesson', 'There is no page at this address'],
    ['#/lesson/no-such-lesson/mix', 'There is no lesson called “no-such-lesson”'],
    ['#/lesson/masked-language-modelling/mix/deeper', 'There is no page at this address'],
    ['#/%E0%A4%A', 'There is no page at this address'],
    ['#//', 'See a language model learn'],
    [
      '#/lesson/masked-language-modelling/mix?redraws=9999.x&option.rate=7&present=yes',
      'Second draw: what happens there?',
    ],
    ['#/play?layers=1e9&noising=%00&model.__proto__=1', 'Playground'],
    ['#<script>alert(1)</script>', 'There is no page at this address'],
  ])('%s shows a page, not an error', (address, title) =>
    opened(address, async ({ page }) => {
      await heading(page, title);
    }),
  );
});
