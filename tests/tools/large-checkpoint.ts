import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Opened } from '../support/large-checkpoint-page.ts';
import { withModulePage } from '../support/module-page.ts';

/** How far a logit may be from the reference's. */
const tolerance = 1e-3;
const names = ['config.json', 'model.safetensors', 'tokenizer.json'];

/**
 * Opens what `large-checkpoint.py` made in a browser, on WebGL drawn by software, and reads its sentence. Prints the
 * largest difference of its logits, times, and the most that JavaScript held meanwhile. Exit code 1 beyond the tolerance.
 */
export async function main([folder]: string[]): Promise<number> {
  if (!folder) {
    process.stderr.write('Usage: node tests/tools/run.mjs large-checkpoint DIR\n');
    return 2;
  }
  const { ids, hidden, logits } = JSON.parse(await readFile(join(folder, 'io.json'), 'utf8'));
  return withModulePage('large-checkpoint', async (page) => {
    await page.setContent('<input type="file" multiple>');
    await page.locator('input').setInputFiles(names.map((name) => join(folder, name)));
    const session = await page.context().newCDPSession(page);
    const held = async () => {
      const { usedSize, backingStorageSize } = (await session.send('Runtime.getHeapUsage')) as unknown as Usage;
      return usedSize + backingStorageSize;
    };
    const module = JSON.stringify(`/@fs${resolve('tests/support/large-checkpoint-page.ts')}`);
    const before = await held();
    let most = 0;
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        most = Math.max(most, await held());
        await new Promise((done) => setTimeout(done, 50));
      }
    })();
    const call = `import(${module}).then(({ openInPage }) => openInPage(${JSON.stringify(ids)}, ${hidden}))`;
    const found = await page.evaluate<Opened>(call).finally(() => {
      isOver = true;
      return watching;
    });
    const after = await held();
    const difference = Math.max(...found.logits.map((logit, i) => Math.abs(logit - logits[i])));
    const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
    const spread = Math.max(...logits) - Math.min(...logits);
    process.stdout.write(
      `logits: ${logits.length}, they span ${spread.toFixed(2)}, largest difference ${difference.toExponential(2)}\n` +
        `opened in ${found.openMs} ms, first sentence ${found.firstMs} ms, again ${found.againMs} ms\n` +
        `JavaScript held ${megabytes(before)} before, ${megabytes(most)} at most, ${megabytes(after)} afterwards\n`,
    );
    return difference <= tolerance ? 0 : 1;
  });
}

interface Usage {
  readonly usedSize: number;
  /** Of array buffers: weights, and pieces of files. */
  readonly backingStorageSize: number;
}
