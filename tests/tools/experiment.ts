import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Made } from '../support/experiment-page.ts';
import { withModulePage } from '../support/module-page.ts';

const usage = `Usage: npm run experiment -- <lesson>/<id>
Runs lessons/NN-<lesson>/experiments/<id>.json in headless Chromium with the code of the page's own button and stores
lessons/NN-<lesson>/results/<id>.json and, of an experiment with a probe, what the page plays back:
lessons/NN-<lesson>/recordings/<id>.frames.bin and <id>.weights.bin. Progress goes to stderr. Exit code 2: there is no such experiment.`;

/** Remakes a stored result. */
export async function main([name = '']: string[]): Promise<number> {
  const [slug = '', id = '', ...rest] = name.split('/');
  const folder = (await readdir('lessons')).find((one) => one.replace(/^\d+-/, '') === slug);
  if (!folder || id === '' || rest.length > 0) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const command = `npm run experiment -- ${slug}/${id}`;
  const made = await withModulePage('experiment', async (page) => {
    await page.exposeFunction('report', (line: string) => process.stderr.write(`${line}\n`));
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
    const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/support/experiment-page.ts')}`);
    const call = `import(${module}).then(({ run }) => run(${JSON.stringify(slug)}, ${JSON.stringify(id)}, ${JSON.stringify(command)}))`;
    return page.evaluate<Made | undefined>(call);
  });
  if (!made) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const { result, recording } = made;
  await mkdir(join('lessons', folder, 'results'), { recursive: true });
  await writeFile(join('lessons', folder, 'results', `${id}.json`), `${JSON.stringify(result, undefined, 1)}\n`);
  if (!recording) return 0;
  await mkdir(join('lessons', folder, 'recordings'), { recursive: true });
  for (const [name, file] of Object.entries(recording))
    await writeFile(join('lessons', folder, 'recordings', `${id}.${name}.bin`), Buffer.from(file, 'base64'));
  return 0;
}
