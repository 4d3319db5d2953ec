import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { agrees, type Comparison } from '../../src/checks/comparison.ts';
import { compare, type Reference } from '../../src/checks/reference.ts';
import { AppError } from '../../src/core/errors.ts';
import { useBackend } from '../../src/nn/tf.ts';
import { withModulePage } from '../support/module-page.ts';
import type { Answer, EncodedReference } from '../support/reference-page.ts';

const usage = `Usage: npm run parity -- DIR [--backend cpu|webgl]
DIR holds config.json, model.safetensors and io.json: {class, inputs, outputs}, inputs named as the arguments of the
reference's forward, outputs as the fields of its result, tensors as nested arrays. Where outputs hold a loss and
gradients ({name: {shape, values}}, names of the state dict) are given, inputs hold its labels, and those are compared too.
Prints one line an output: its name and the largest absolute difference, of a gradient as a share of its largest entry.
Exit code 0: outputs and loss within 1e-4, gradients within 1e-3; 1: some beyond; 2: the folder cannot be used.`;

/** Compares our model with a folder made by the reference implementation. */
export async function main(args: string[]): Promise<number> {
  const at = args.indexOf('--backend');
  const backend = at < 0 ? 'cpu' : args[at + 1];
  const [folder, ...others] = args.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
  if (!folder || others.length > 0 || (backend !== 'cpu' && backend !== 'webgl')) return fail(usage);
  try {
    const reference = await readFolder(folder);
    const comparisons = backend === 'cpu' ? await onCpu(reference) : await onWebGl(reference);
    for (const { output, difference, note } of comparisons)
      process.stdout.write(`${output}\t${note ?? difference.toExponential(2)}\n`);
    return comparisons.every(agrees) ? 0 : 1;
  } catch (error) {
    return fail((error as Error).message);
  }
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 2;
}

async function readFolder(folder: string): Promise<Reference> {
  const read = async (name: string) => {
    try {
      return new Uint8Array(await readFile(join(folder, name)));
    } catch {
      throw new AppError(
        'bad-file',
        `${join(folder, name)} cannot be read. Give a folder with config.json, model.safetensors and io.json.`,
      );
    }
  };
  const config = await read('config.json');
  const weights = await read('model.safetensors');
  return { config, weights, io: new TextDecoder().decode(await read('io.json')) };
}

async function onCpu(reference: Reference): Promise<readonly Comparison[]> {
  await useBackend('cpu');
  return compare(reference);
}

/** The same in headless Chromium on a software renderer, through a development server that ends with it. */
async function onWebGl({ config, weights, io }: Reference): Promise<readonly Comparison[]> {
  const encoded: EncodedReference = {
    config: Buffer.from(config).toString('base64'),
    weights: Buffer.from(weights).toString('base64'),
    io,
  };
  // As text: a function would be rewritten for Node before it reaches the page.
  const module = JSON.stringify(`/@fs${resolve('tests/support/reference-page.ts')}`);
  const call = `import(${module}).then(({ compareInPage }) => compareInPage(${JSON.stringify(encoded)}))`;
  const answer = await withModulePage('parity', (page) => page.evaluate<Answer>(call));
  if ('comparisons' in answer) return answer.comparisons;
  throw answer.name === 'AppError' ? new AppError('bad-file', answer.message) : new Error(answer.message);
}
