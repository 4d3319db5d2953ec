import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Made, makeExperiment } from '../support/experiment-made.ts';
import type { MadeInPage } from '../support/experiment-page.ts';
import { withModulePage } from '../support/module-page.ts';

const usage = `Usage: npm run experiment -- <lesson>/<id> [--backend webgl | wasm]
Runs lessons/NN-<lesson>/experiments/<id>.json with the code of the page's own button and stores
lessons/NN-<lesson>/results/<id>.json and, of an experiment with a probe, what the page plays back:
lessons/NN-<lesson>/recordings/<id>.frames.bin and <id>.weights.bin. Progress goes to stderr.
webgl: in headless Chromium, as on the site. wasm: in this process, with the plain kernels; where WebGL is only
software, several times as fast. Exit code 2: there is no such experiment or backend.`;

const report = (line: string) => void process.stderr.write(`${line}\n`);

async function onWebGl(...which: [slug: string, id: string, command: string]): Promise<Made | undefined> {
  const made = await withModulePage('experiment', async (page) => {
    await page.exposeFunction('report', report);
    page.on('pageerror', (error) => report(error.message));
    const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/support/experiment-page.ts')}`);
    return page.evaluate<MadeInPage | undefined>(
      `import(${module}).then(({ run }) => run(...${JSON.stringify(which)}))`,
    );
  });
  if (!made?.recording) return made as Made | undefined;
  const { frames, weights } = made.recording;
  return {
    ...made,
    recording: { frames: Buffer.from(frames, 'base64'), weights: Buffer.from(weights, 'base64') },
  };
}

const backends: Readonly<Record<string, typeof onWebGl>> = {
  webgl: onWebGl,
  // Loaded only when asked for: it makes itself the backend.
  wasm: async (...which) => makeExperiment(which, report, (await import('../support/experiment-wasm.ts')).connectWasm),
};

/** Remakes a stored result. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { backend: { type: 'string', default: 'webgl' } },
    allowPositionals: true,
  });
  const [slug = '', id = '', ...rest] = (positionals[0] ?? '').split('/');
  const make = backends[values.backend];
  const folder = (await readdir('lessons')).find((one) => one.replace(/^\d+-/, '') === slug);
  const isKnown = make && folder && id !== '' && rest.length === 0;
  const how = values.backend === 'webgl' ? '' : ` --backend ${values.backend}`;
  const made = isKnown ? await make(slug, id, `npm run experiment -- ${slug}/${id}${how}`) : undefined;
  if (!made || !folder) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const { result, recording } = made;
  await mkdir(join('lessons', folder, 'results'), { recursive: true });
  await writeFile(join('lessons', folder, 'results', `${id}.json`), `${JSON.stringify(result, undefined, 1)}\n`);
  if (!recording) return 0;
  await mkdir(join('lessons', folder, 'recordings'), { recursive: true });
  for (const [name, file] of Object.entries(recording))
    await writeFile(join('lessons', folder, 'recordings', `${id}.${name}.bin`), file);
  return 0;
}
