import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../src/training/experiment.ts';
import { withModulePage } from '../support/module-page.ts';

const usage = `Usage: npm run experiment -- <lesson>/<id>
Runs lessons/NN-<lesson>/experiments/<id>.json in headless Chromium with the code of the page's own button and stores
lessons/NN-<lesson>/results/<id>.json. Progress goes to stderr. Exit code 2: there is no such experiment.`;

/** Remakes a stored result. */
export async function main([name = '']: string[]): Promise<number> {
  const [slug = '', id = '', ...rest] = name.split('/');
  const folder = (await readdir('lessons')).find((one) => one.replace(/^\d+-/, '') === slug);
  if (!folder || id === '' || rest.length > 0) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const command = `npm run experiment -- ${slug}/${id}`;
  const result = await withModulePage('experiment', async (page) => {
    await page.exposeFunction('report', (line: string) => process.stderr.write(`${line}\n`));
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
    const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/support/experiment-page.ts')}`);
    const call = `import(${module}).then(({ run }) => run(${JSON.stringify(slug)}, ${JSON.stringify(id)}, ${JSON.stringify(command)}))`;
    return page.evaluate<Result | undefined>(call);
  });
  if (!result) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  await mkdir(join('lessons', folder, 'results'), { recursive: true });
  await writeFile(join('lessons', folder, 'results', `${id}.json`), `${JSON.stringify(result, undefined, 1)}\n`);
  return 0;
}
