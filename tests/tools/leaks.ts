import { join } from 'node:path';
import { startPlain } from '../../src/nn/device.ts';
import { type Leak, leakOf, recipeNames } from '../bench/leaks.ts';
import { withModulePage } from '../support/module-page.ts';

const steps = { wasm: 10_000, webgl: 1000 };

async function onWasm(report: (leak: Leak) => void): Promise<void> {
  if (!(await startPlain())) throw new Error('There is no WebAssembly with SIMD here.');
  for (const name of recipeNames()) report(await leakOf(name, steps.wasm));
}

async function onWebGl(report: (leak: Leak) => void): Promise<void> {
  await withModulePage('bench', async (page) => {
    const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/bench/leaks.ts')}`);
    for (const name of recipeNames()) {
      const call = `import(${module}).then(({ leakOnWebGl }) => leakOnWebGl(${JSON.stringify(name)}, ${steps.webgl}))`;
      report(await page.evaluate<Leak>(call));
    }
  });
}

/** Trains every recipe in small for long, on both backends, and says what was held at the end and not before. */
export async function leaks(asJson: boolean): Promise<string> {
  const found: Leak[] = [];
  const report = (leak: Leak) => {
    found.push(leak);
    process.stderr.write(`${JSON.stringify(leak)}\n`);
  };
  await onWasm(report);
  await onWebGl(report);
  if (asJson) return JSON.stringify(found);
  return [
    'held at the last step over the tenth: tensors, bytes, bytes of textures in use; the same when the model is given back, over before it was made',
    ...found.map(({ name, adapter, steps, grown, left, notFinite }) => {
      const numbers = [grown, left].map(({ tensors, bytes, textures }) => `${tensors} ${bytes} ${textures}`);
      return [name.padEnd(44), String(steps).padStart(6), ...numbers, `${notFinite} not finite`, adapter].join('  ');
    }),
  ].join('\n');
}
