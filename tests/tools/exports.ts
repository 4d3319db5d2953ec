import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fields } from '../../src/checks/reference-io.ts';
import { build, type Leaf, type Spec } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles } from '../../src/hub/checkpoint.ts';
import type { AnyBlueprint } from '../../src/models/architecture.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { hubOf } from '../../src/models/hubs.ts';
import { initialState, toParams } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { sampleBatch } from '../support/batch.ts';

const size = { layers: 2, hidden: 12, heads: 3, vocabSize: 24, maxLength: 8, dropout: 0.1 };

/** Writes an exported folder for every architecture, with what we compute from it in io.json; `check-exports.py` loads them. */
export async function main([folder]: string[]): Promise<number> {
  if (!folder) {
    process.stderr.write('Usage: node tests/tools/run.mjs exports DIR\n');
    return 2;
  }
  await tf.useBackend('cpu');
  for (const blueprint of Object.values(blueprints)) await writeOne(blueprint, join(folder, blueprint.id));
  return 0;
}

async function writeOne(blueprint: AnyBlueprint, folder: string): Promise<void> {
  const config = blueprint.resize(blueprint.toy, size);
  const spec = blueprint.spec(config);
  const noise = (leaf: Leaf): Leaf => ({ ...leaf, init: { kind: 'normal', std: 0.3 } });
  const state = initialState(build(spec, (_, leaf) => noise(leaf)) as Spec, createRng('exports'));
  const files: Record<string, Uint8Array | string> = { ...exportFiles(blueprint, config, state) };

  const { positions: _, labels: __, weights: ___, ...batch } = sampleBatch({ target: true });
  const forward = await loadForward(blueprint.id);
  const { logits } = forward(toParams(spec, state), config, batch, { training: false, rng: createRng(0) });
  const inputs = Object.fromEntries(
    Object.entries(fields).map(([name, { field }]) => [name, batch[field]!.arraySync()]),
  );
  const parts = Object.entries(hubOf(blueprint).classes);
  for (const [part, name] of parts) {
    const prefix = parts.length > 1 ? `${part}.` : '';
    const own = Object.entries(logits).filter(([output]) => output.startsWith(prefix));
    const outputs = Object.fromEntries(own.map(([output, value]) => [output.slice(prefix.length), value.arraySync()]));
    files[`${parts.length > 1 ? `${part}/` : ''}io.json`] = JSON.stringify({ class: name, inputs, outputs });
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}
