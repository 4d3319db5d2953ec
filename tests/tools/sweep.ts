import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { multiplyAddsOf } from '../bench/multiply-adds.ts';
import { plotOf } from '../bench/plot.ts';
import { type Point, points } from '../bench/points.ts';
import type { Cost, costOf } from '../bench/sweep.ts';
import { withModulePage } from '../support/module-page.ts';

const file = 'tests/bench/sweep.json';

/** A stored sweep. */
export interface Sweep {
  readonly command: string;
  readonly date: string;
  readonly adapter: string;
  readonly points: readonly (Point & { readonly multiplyAdds: number } & Cost)[];
}

const isSame = (a: Point, b: Point): boolean => (Object.keys(a) as (keyof Point)[]).every((key) => a[key] === b[key]);

/** What was stored before. */
const before = async (): Promise<Sweep> => JSON.parse(await readFile(file, 'utf8'));

/**
 * Measures every point in headless Chromium and stores `tests/bench/sweep.json` and the plot of it beside it. With
 * `missing` only points that are not there yet are measured.
 */
export async function sweep(missing: boolean): Promise<void> {
  const kept = missing ? (await before()).points : [];
  const measured: Sweep['points'][number][] = [];
  let adapter = '';
  await withModulePage('bench', async (page) => {
    const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/bench/sweep.ts')}`);
    for (const point of points()) {
      const stored = kept.find((one) => isSame(point, one));
      if (stored) {
        measured.push(stored);
        continue;
      }
      const call = `import(${module}).then(({ costOf }) => costOf(${JSON.stringify(point)}))`;
      const said = await page.evaluate<Awaited<ReturnType<typeof costOf>>>(call);
      adapter = said.adapter;
      measured.push({ ...point, multiplyAdds: await multiplyAddsOf(point), ...said.cost });
      process.stderr.write(`${JSON.stringify(measured.at(-1))}\n`);
    }
  });
  const date = new Date().toISOString().slice(0, 10);
  const stored: Sweep = {
    command: 'npm run bench -- --sweep',
    date,
    adapter: adapter || (await before()).adapter,
    points: measured,
  };
  await writeFile(file, `${JSON.stringify(stored, undefined, 2)}\n`);
  await writeFile('tests/bench/sweep.svg', plotOf(stored));
}
