import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, type Visit, visit } from '../support/visit.ts';

const site = inject('site');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const queryOf = (page: Page) => new URLSearchParams(new URL(page.url()).hash.split('?')[1]);
/** Opens the playground at its example, which is fetched when one comes near it. */
async function atExample(address: string): Promise<Visit> {
  const one = await visit(browser, `${site}${address}`);
  await one.page.locator('#example').scrollIntoViewIfNeeded();
  return one;
}
const xlnet = '#/play?architecture=xlnet&noising=plm&noising.share=0.5';

describe('a stage in the playground', () => {
  it('keeps its draws through a reload', async () => {
    const { page, wrong, close } = await atExample(xlnet);
    const typed = page.getByLabel('The order as places');
    await page.locator('section[aria-label="Order of reading"]').getByRole('button', { name: 'New draw' }).click();
    await expect.poll(() => queryOf(page).get('stage.draw')).toBe('1');
    const drawn = await typed.inputValue();
    await page.reload();
    await page.locator('#example').scrollIntoViewIfNeeded();
    await typed.waitFor();
    expect(await typed.inputValue()).toBe(drawn);
    expect(wrong).toEqual([]);
    await close();
  });

  it('keeps an order that the reader gave in a sent address, and no order that is none', async () => {
    const { page, wrong, close } = await atExample(xlnet);
    const typed = page.getByLabel('The order as places');
    const places = (await typed.inputValue()).split(' ');
    const own = [...places.slice(0, -2), ...places.slice(-2).reverse()];
    await typed.fill(own.join(' '));
    await page.keyboard.press('Tab');
    await page.getByText('This order is your own').waitFor();
    const sent = page.url();
    expect(queryOf(page).get('stage.order')).toBe(own.join('.'));
    await typed.fill('0 1 1');
    await page.keyboard.press('Tab');
    await page.getByText(/1 stands there twice/).waitFor();
    expect(page.url()).toBe(sent);
    await page.goto('about:blank');
    await page.goto(sent);
    await page.locator('#example').scrollIntoViewIfNeeded();
    await page.getByText('This order is your own').waitFor();
    expect(await typed.inputValue()).toBe(own.join(' '));
    expect(wrong).toEqual([]);
    await close();
  });

  it('keeps them while a dial of the training changes, and drops them with another objective', async () => {
    const { page, close } = await atExample(`${xlnet}&stage.draw=2&stage.number=3`);
    await page.getByText('Number 3 of').waitFor();
    await page.getByLabel('Layers').fill('3');
    await page.keyboard.press('Tab');
    await expect.poll(() => queryOf(page).get('layers')).toBe('3');
    expect(queryOf(page).get('stage.draw')).toBe('2');
    await page.getByLabel('What is hidden').selectOption('mlm');
    await page.locator('section[aria-label="Masked tokens"] svg').first().waitFor();
    expect([...queryOf(page).keys()].filter((key) => key.startsWith('stage.'))).toEqual([]);
    await close();
  });

  it('stands beside that of the pairing, and says what of an address cannot be meant', async () => {
    const address =
      '#/play?pairing=nsp&pairing.sentencesPerSegment=1&pair.draw=3&pair.redraws=0&stage.at=2&stage.draw=x';
    const { page, wrong, close } = await atExample(address);
    await page.getByText('stage.draw must be a whole number. It is left out.').waitFor();
    const pair = page.locator('section[aria-labelledby="pair"]');
    const picture = pair.locator('svg').first();
    await pair.scrollIntoViewIfNeeded();
    await picture.waitFor();
    const before = await picture.getAttribute('aria-label');
    await pair.getByRole('button', { name: 'Undo redraw' }).click();
    await expect.poll(() => queryOf(page).get('pair.redraws')).toBe(null);
    expect(queryOf(page).get('pair.draw')).toBe('3');
    expect(queryOf(page).get('stage.at')).toBe('2');
    await page.goto(`${site}${address}`);
    await pair.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.getAttribute('aria-label')).toBe(before);
    expect(wrong).toEqual([]);
    await close();
  });
});
