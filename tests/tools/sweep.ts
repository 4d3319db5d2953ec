import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { multiplyAddsOf } from '../bench/multiply-adds.ts';
import { plotOf } from '../bench/plot.ts';
import { type Point, points } from '../bench/points.ts';
import type { Cost, costOf } from '../bench/sweep.ts';
import { withModulePage } from '../support/module-page.ts';

/** A stored sweep. */
export interface Sweep {
  readonly command: string;
  readonly date: string;
  readonly adapter: string;
  readonly points: readonly (Point & { readonly multiplyAdds: number } & Cost)[];
}

/** Measures every point in headless Chromium and stores `tests/bench/sweep.json` and the plot of it beside it. */
export async function sweep(): Promise<void> {
  const measured: Sweep['points'][number][] = [];
  let adapter = '';
  await withModulePage('bench', async (page) => {
    const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/bench/sweep.ts')}`);
    for (const point of points()) {
      const call = `import(${module}).then(({ costOf }) => costOf(${JSON.stringify(point)}))`;
      const said = await page.evaluate<Awaited<ReturnType<typeof costOf>>>(call);
      adapter = said.adapter;
      measured.push({ ...point, multiplyAdds: await multiplyAddsOf(point), ...said.cost });
      process.stderr.write(`${JSON.stringify(measured.at(-1))}\n`);
    }
  });
  const date = new Date().toISOString().slice(0, 10);
  const stored: Sweep = { command: 'npm run bench -- --sweep', date, adapter, points: measured };
  await writeFile('tests/bench/sweep.json', `${JSON.stringify(stored, undefined, 2)}\n`);
  await writeFile('tests/bench/sweep.svg', plotOf(stored));
}
