import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../src/training/experiment.ts';
import { multiplyAddsOf } from '../bench/multiply-adds.ts';
import { middle, type Point } from '../bench/points.ts';
import { withModulePage } from '../support/module-page.ts';

/** Nats above the best possible loss. */
const above = 0.2;

const usage = `Usage: node tests/tools/run.mjs milestone <lesson>/<id>
Says of each arm and seed of a stored experiment after how many steps its held-out loss comes within ${above} nats of the
best possible one, and how many draw calls (counted on WebGL) and multiply-adds (from the shapes of all matrix products)
that takes. Exit code 2: there is no such result.`;

async function resultOf([slug, id]: readonly (string | undefined)[]): Promise<Result | undefined> {
  const folder = (await readdir('lessons')).find((one) => one.replace(/^\d+-/, '') === slug);
  if (!folder || !id) return undefined;
  return JSON.parse(await readFile(join('lessons', folder, 'results', `${id}.json`), 'utf8'));
}

/** What a step of each arm costs. */
async function costsOf({ experiment: { arms, base } }: Result) {
  const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/bench/step-draws.ts')}`);
  const costs = new Map<string, { readonly draws: number; readonly multiplyAdds: number }>();
  await withModulePage('bench', async (page) => {
    for (const { label, change } of arms) {
      const settings = { ...base, ...change };
      const call = `import(${module}).then(({ drawsOf }) => drawsOf(${JSON.stringify(settings)}))`;
      const draws = await page.evaluate<number>(call);
      const point = { ...middle, architecture: 'bert', ...settings } as Point;
      const { batchSize: _, ...more } = { ...settings, noisingOptions: {}, pairingOptions: {} } as Record<
        string,
        unknown
      >;
      costs.set(label, { draws, multiplyAdds: await multiplyAddsOf(point, more) });
    }
  });
  return costs;
}

/** Prints what the milestone costs in each arm of an experiment. */
export async function main([which = '']: string[]): Promise<number> {
  const result = await resultOf(which.split('/')).catch(() => undefined);
  if (!result) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const costs = await costsOf(result);
  for (const { arm, seed, evaluations, floors } of result.outcomes) {
    const [name, best] = Object.entries(floors?.best ?? {})[0] ?? [];
    const reached = evaluations.find(({ losses }) => name && best && losses[name]! <= best.loss + above)?.step;
    const { draws, multiplyAdds } = costs.get(arm)!;
    const millions = (multiplyAdds / 1e6).toFixed(1);
    const whole =
      reached &&
      `${reached} steps, ${reached * draws} draws, ${((reached * multiplyAdds) / 1e9).toFixed(1)} thousand million multiply-adds`;
    process.stdout.write(
      `${arm}, seed ${seed}: ${whole ?? 'not reached'} (a step: ${draws} draws, ${millions} million)\n`,
    );
  }
  return 0;
}
