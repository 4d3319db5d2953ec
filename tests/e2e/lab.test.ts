import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { desktop, launch, visit } from '../support/visit.ts';

const site = inject('site');
const lesson = '#/lesson/masked-language-modelling';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const regions = ['[aria-label="Training controls"]', '.pane.loss', '.pane.answer', '.pane.model'];

/** The regions of the lab that reach beyond the window, and what of the page does. */
const beyond = (page: Page) =>
  page.evaluate((selectors) => {
    const outside = selectors.filter((selector) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return !box || box.top < 0 || box.left < 0 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1;
    });
    return [...outside, ...(document.documentElement.scrollWidth > innerWidth ? ['sideways'] : [])];
  }, regions);

describe('the lab', () => {
  it.each([
    `${lesson}/start`,
    `${lesson}/attention`,
    '#/play',
    '#/play?noising=causal',
    '#/play?architecture=electra&noising=rtd',
    '#/play?architecture=bart&noising=denoise',
  ])('stands on one screen at %s', async (address) => {
    const { page, wrong, close } = await visit(browser, `${site}${address}`);
    await page.locator('.pane.model header').waitFor();
    await expect.poll(() => beyond(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await close();
  });

  it.each([desktop, { width: 1920, height: 1080 }])('and alone on a projector of $width × $height', async (size) => {
    const { page, close } = await visit(browser, `${site}${lesson}/start?present=1`, { viewport: size });
    await page.locator('.pane.model svg').first().waitFor();
    await expect.poll(() => beyond(page)).toEqual([]);
    await close();
  });

  it('belongs to one lesson: what another one trained does not come along', async () => {
    const { page, wrong, close } = await visit(browser, `${site}${lesson}/start`);
    const controls = page.getByRole('group', { name: 'Training controls' });
    await controls.getByRole('button', { name: 'One step' }).waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await controls.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 30_000 });
    await page.evaluate(() => {
      location.hash = '#/lesson/sharing/start';
    });
    await expect.poll(() => controls.innerText(), { timeout: 20_000 }).toMatch(/^Start\s+0 of .*not begun/s);
    expect(wrong).toEqual([]);
    await close();
  });

  it('need not stand beside a picture of its stored run', async () => {
    for (const address of ['#/lesson/sharing/drift', '#/handout/sharing']) {
      const { page, wrong, close } = await visit(browser, `${site}${address}`);
      await page.getByText('Mean over all tokens of the sentence').waitFor();
      expect(wrong).toEqual([]);
      await close();
    }
  });

  it('is set to the stored run that a step of a lesson names, and back', async () => {
    const { page, wrong, close } = await visit(browser, `${site}#/lesson/dynamic-masking/by-heart`);
    const said = () => page.locator('.pane.loss [aria-label*="best possible without memory"]').first().ariaSnapshot();
    await expect.poll(said).toContain('new text: loss 3.68 at step 300');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect.poll(said).toContain('new text: loss 1.16 at step 300');
    await page.getByRole('button', { name: 'Back' }).click();
    await expect.poll(said).toContain('new text: loss 3.68 at step 300');
    expect(wrong).toEqual([]);
    await close();
  });

  it('stays on it while a model trains, and all its regions show one step', { timeout: 180_000 }, async () => {
    const small = '#/play?layers=1&hidden=16&batchSize=4&steps=40&evaluateEvery=20';
    const { page, wrong, close } = await visit(browser, `${site}${small}`);
    await page.getByRole('button', { name: 'Start' }).click();
    await page.locator('.pane.model svg').first().waitFor({ timeout: 90_000 });
    expect(await beyond(page)).toEqual([]);
    await page.getByText('40 of 40 steps').waitFor({ timeout: 120_000 });
    const slider = page.getByRole('slider', { name: 'Playhead' });
    await slider.press('Home');
    const steps = () => page.locator('.pane header .step').allInnerTexts();
    await expect.poll(async () => new Set((await steps()).map((text) => text.replace(/,.*/, ''))).size).toBe(1);
    await expect.poll(() => new URL(page.url()).hash).toContain('at=0');
    await slider.press('End');
    await expect.poll(async () => (await steps())[0], { timeout: 10_000 }).toContain('40');
    expect(await beyond(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await close();
  });

  it('opens on the stored run of its own settings, at the step that the address says, and trains nothing for it', async () => {
    const { page, wrong, close } = await visit(browser, `${site}${lesson}/start?at=100`);
    await page.locator('.pane.model svg').first().waitFor();
    for (const pane of ['loss', 'answer', 'model'])
      await expect.poll(() => page.locator(`.pane.${pane} header .step`).innerText()).toMatch(/step \d+, stored run/);
    const said = await page.locator('.pane.answer svg').first().getAttribute('aria-label');
    await page.getByRole('slider', { name: 'Playhead' }).press('End');
    await expect.poll(() => page.locator('.pane.answer svg').first().getAttribute('aria-label')).not.toBe(said);
    expect(await page.getByText('0 of 400 steps').count()).toBe(1);
    expect(wrong).toEqual([]);
    await close();
  });

  it('draws the playhead under the pointer at every move, and what is dear to draw less often', async () => {
    const { page, wrong, close } = await visit(browser, `${site}${lesson}/start`);
    await page.locator('.pane.model svg').first().waitFor();
    const moves = await page.evaluate(async () => {
      const slider = document.querySelector<SVGGraphicsElement>('[role=slider][aria-label=Playhead]')!;
      const model = document.querySelector('.pane.model .body')!;
      const [box, end] = [slider.getBoundingClientRect(), Number(slider.ariaValueMax)];
      let isDrawn = false;
      const watch = new MutationObserver(() => {
        isDrawn = true;
      });
      watch.observe(model, { subtree: true, childList: true, attributes: true, characterData: true });
      // Nobody holds a pointer that a script makes.
      slider.setPointerCapture = () => undefined;
      slider.hasPointerCapture = () => true;
      const fire = (type: string, share: number) => {
        const [clientX, clientY] = [box.left + share * box.width, box.top + box.height / 2];
        slider.dispatchEvent(new PointerEvent(type, { clientX, clientY, button: 0, pointerId: 1, bubbles: true }));
      };
      fire('pointerdown', 0.1);
      const seen: { readonly place: number; readonly isDrawn: boolean }[] = [];
      for (let i = 0; i < 60; i++) {
        isDrawn = false;
        fire('pointermove', 0.1 + i / 75);
        await new Promise(requestAnimationFrame);
        seen.push({ place: Number(slider.ariaValueNow) / end, isDrawn });
      }
      return seen;
    });
    // Each move by a seventy-fifth of the slider, which reaches a little beyond the axis.
    const places = moves.map(({ place }) => place);
    const strides = places.slice(1).map((place, i) => place - places[i]!);
    expect(Math.min(...strides)).toBeGreaterThan(0.005);
    expect(Math.max(...strides)).toBeLessThan(0.025);
    const drawn = moves.filter(({ isDrawn }) => isDrawn).length;
    expect(drawn).toBeGreaterThan(0);
    expect(drawn).toBeLessThanOrEqual(30);
    // At rest it stands on a step that was kept, which all regions show.
    const at = () => page.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow');
    await expect
      .poll(async () => {
        const steps = await page.locator('.pane header .step').allInnerTexts();
        return (
          steps.length === 3 && (await Promise.all(steps.map(async (text) => text.includes(`step ${await at()},`))))
        );
      })
      .toEqual([true, true, true]);
    expect(wrong).toEqual([]);
    await close();
  });

  it('starts no worker before attention and predictions of the stored run are on the screen', async () => {
    const context = await browser.newContext({ viewport: desktop, serviceWorkers: 'block' });
    await context.addInitScript(() => {
      const begun: boolean[] = [];
      const isSeen = () => ['model', 'answer'].every((pane) => document.querySelector(`.pane.${pane} svg`) !== null);
      Reflect.set(window, 'begun', begun);
      Reflect.set(
        window,
        'Worker',
        class extends Worker {
          constructor(...given: ConstructorParameters<typeof Worker>) {
            begun.push(isSeen());
            super(...given);
          }
        },
      );
    });
    const page = await context.newPage();
    await page.goto(`${site}${lesson}/start`);
    // Later the engine gets ready, before somebody presses Start.
    await page.waitForFunction(() => Reflect.get(window, 'begun').length > 0);
    expect(await page.evaluate(() => Reflect.get(window, 'begun'))).toEqual([true]);
    await context.close();
  });

  it('says in a sentence where a recording is missing or mangled, and lives', async () => {
    for (const body of ['', 'mangled']) {
      const { page, close } = await visit(browser, `${site}#/credits`);
      await page.route('**/*.frames*.bin', (route) =>
        body ? route.fulfill({ body }) : route.fulfill({ status: 404, body: 'none' }),
      );
      await page.goto(`${site}${lesson}/start`);
      await page
        .getByText(/The recording of this run could not be/)
        .first()
        .waitFor();
      expect(await page.getByRole('button', { name: 'Start' }).isEnabled()).toBe(true);
      await close();
    }
  });
});
