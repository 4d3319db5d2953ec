import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type TraceEvent, tracedTasks } from '../support/main-thread.ts';
import { launch, visit } from '../support/visit.ts';

/** A word of one to six letters, another one for each number below a million. */
const wordOf = (i: number): string =>
  (i % 1_000_000).toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);
const words = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => wordOf(from + 37 * i));

const texts: Readonly<Record<string, { readonly make: () => string; readonly said: RegExp }>> = {
  'of 50 MB': {
    make: () => 'The cat sat on the mat. '.repeat(2_100_000),
    said: /^The text has 50\.\d MB.*Take at most 5 MB/,
  },
  'of one word of 3 MB': {
    make: () =>
      words(1_000_000, 3_000_000 / 4)
        .join('')
        .slice(0, 3e6),
    said: /1 word of more/,
  },
  'of one line of 4.9 MB': { make: () => words(1, 1_200_000).join(' ').slice(0, 4.9e6), said: /1 sentence of more/ },
  'of a million lines': {
    make: () =>
      words(1, 1_000_000)
        .map((word) => word.slice(-4))
        .join('\n'),
    said: /^10 documents, 1,000,000 sentences/,
  },
};

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'own-text-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Milliseconds until the page shows progress, or says why there will be none. */
const firstSign = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const since = performance.now();
        const look = () => {
          const bar = document.querySelector<HTMLProgressElement>('.own progress');
          if ((bar?.value ?? 0) > 0 || document.querySelector('.own [role=alert]')) resolve(performance.now() - since);
          else setTimeout(look, 10);
        };
        look();
      }),
  );

it.each(Object.entries(texts))(
  'a text %s leaves the page free to answer, and ends with a result or a sentence',
  {
    timeout: 180_000,
  },
  async (name, { make, said }) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.txt`);
    writeFileSync(path, make());
    const { page, wrong, close } = await visit(browser, `${inject('site')}#/play?corpus=own`);
    const input = page.getByLabel('Choose a text file');
    await input.waitFor();
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
    const sign = firstSign(page);
    await input.setInputFiles(path);
    // Two seconds are promised; the machine of a test may be busy with others.
    expect(await sign).toBeLessThan(6000);
    const own = page.getByRole('region', { name: 'Your own text' });
    await expect.poll(() => own.locator('[role=alert]').or(own.getByText(said)).count(), { timeout: 120_000 }).toBe(1);
    await expect.poll(() => own.getByRole('progressbar').count(), { timeout: 120_000 }).toBe(0);
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    expect(await own.getByText(said).count()).toBe(1);
    const tasks = tracedTasks(traceEvents);
    expect(tasks.length).toBeGreaterThan(10);
    expect(Math.max(...tasks)).toBeLessThan(100);
    expect(wrong).toEqual([]);
    await close();
  },
);
