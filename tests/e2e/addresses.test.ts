import fc from 'fast-check';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launch, visit } from '../support/visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const names = [
  'noising.rate',
  'judged.rate',
  'model.layers',
  'layers',
  'steps',
  'seed',
  'noising',
  'pairing',
  'corpus',
];
const lessonNames = ['seed', 'draw', 'redraws', 'at', 'sentence', 'option.rate', 'present'];
const values = ['', '0', '-1', '7', '1e9', '0.5', 'NaN', '{}', 'true', 'rtd', 'plm', 'nsp', 'sop', 'own', '%', '9.9.9'];
const value = fc.oneof(fc.constantFrom(...values), fc.string({ maxLength: 20 }));
const query = (known: readonly string[]) =>
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 8 })), value), { maxLength: 6 })
    .map((pairs) => new URLSearchParams(pairs.map(([name, said]) => [name, said])).toString());
const steps = ['holes', 'mix', 'both-sides', 'start', 'claim-mix', 'quiz', 'nowhere'];
const address = fc.oneof(
  query(names).map((said) => `#/play?${said}`),
  fc
    .tuple(fc.constantFrom(...steps), query(lessonNames))
    .map(([step, said]) => `#/lesson/masked-language-modelling/${step}?${said}`),
  fc.string({ maxLength: 30 }).map((said) => `#${said}`),
);

/** As many addresses as there are pages to be looked at in a minute or so; `ADDRESSES` asks for more. */
const count = Number(process.env.ADDRESSES ?? 60);

test('no address, however mangled, leaves a page without its content', { timeout: 1_200_000 }, async () => {
  const { page, wrong, close } = await visit(browser, inject('site'));
  const empty: string[] = [];
  for (const hash of fc.sample(address, { numRuns: count, seed: Number(process.env.SEED ?? 8) })) {
    const before = wrong.length;
    await page.evaluate((next) => {
      location.hash = next;
    }, hash);
    const main = page.locator('main h1');
    await main.waitFor({ timeout: 10_000 }).catch(() => undefined);
    // A promise that is kept after its page was left makes Svelte warn; nothing is wrong with the page that is shown.
    const said = wrong.slice(before).filter((one) => !one.includes('derived_inert'));
    const text = (
      await page
        .locator('main')
        .innerText()
        .catch(() => '')
    ).trim();
    if (text.length < 20 || text.includes('mistake of ours') || said.length > 0)
      empty.push(`${hash} → ${text.slice(0, 60)} ${said.join(' ')}`);
  }
  expect(empty).toEqual([]);
  await close();
});
