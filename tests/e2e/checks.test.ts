import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launch, visit } from '../support/visit.ts';

const site = inject('site');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const start = { name: 'Start', exact: true } as const;

it('all checks pass on this device, each with its error, and the report can be copied', {
  timeout: 240_000,
}, async () => {
  const { page, wrong, close } = await visit(browser, `${site}#/checks`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByRole('button', start).click();
  await page
    .getByText(/SwiftShader|Computed by/)
    .last()
    .waitFor();
  await page.getByRole('button', start).waitFor({ timeout: 200_000 });
  const results = await page.locator('tbody tr td:first-of-type').allInnerTexts();
  expect(results.length).toBeGreaterThan(60);
  expect(results.filter((result) => result !== 'pass')).toEqual([]);
  await page.getByRole('button', { name: 'Copy the report' }).click();
  await page.getByText('The report is on the clipboard.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`${results.length} of ${results.length} within their limits`);
  expect(wrong).toEqual([]);
  await close();
});

it('checks stop when asked and begin anew, on the processor too, where fused operations are left out', async () => {
  const { page, wrong, close } = await visit(browser, `${site}#/checks?on=processor`);
  await page.getByRole('button', start).click();
  await page.locator('tr.pass').nth(2).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped. Start begins anew.').waitFor();
  expect(await page.getByText('Fused operations against plain ones').count()).toBe(0);
  expect(await page.getByText('running …').count()).toBe(0);
  await page.getByRole('button', start).click();
  await page.locator('tr.pass').nth(5).waitFor();
  expect(wrong).toEqual([]);
  await close();
});

it('where the device has half floats only, the processor computes, and the page says why', async () => {
  const { page, close } = await visit(browser, `${site}#/checks`);
  // The worker's own door to WebGL, without the extension that full floats need.
  await page.route(/check-worker-.*\.js/, async (route) => {
    const answer = await route.fetch();
    const without = `const ask = WebGL2RenderingContext.prototype.getExtension;
WebGL2RenderingContext.prototype.getExtension = function (name) {
  return name === 'EXT_color_buffer_float' ? null : ask.call(this, name);
};\n`;
    await route.fulfill({ response: answer, body: without + (await answer.text()) });
  });
  await page.getByRole('button', start).click();
  await page.getByText(/half-precision|full precision/).waitFor();
  await page.locator('tr.pass').nth(2).waitFor();
  expect(await page.getByText('Fused operations against plain ones').count()).toBe(0);
  await close();
});
