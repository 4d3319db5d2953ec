import { type Zippable, zipSync } from 'fflate';
import { sizeOf } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles } from '../../src/hub/checkpoint.ts';
import { type Chosen, gather } from '../../src/hub/gathered.ts';
import { type ModelFolder, openModel } from '../../src/hub/model-folder.ts';
import { writeTokenizer } from '../../src/hub/tokenizer-json.ts';
import type { AnyBlueprint } from '../../src/models/architecture.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { initialState } from '../../src/nn/init.ts';
import { create } from '../../src/text/tokenizers/wordpiece.ts';

export type FilesByPath = Readonly<Record<string, Uint8Array>>;

export const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'the', 'cat', 'sat', '##s', '.', 'on', 'mat'];
export const tokenizer = create({ tokens: words, counts: words.map(() => 0) });

export const sizes = { layers: 1, hidden: 4, heads: 2, vocabSize: words.length, maxLength: 8, dropout: 0.1 };

/** A model of any architecture as it is exported, with the numbers it has. */
export function exported(id: string) {
  const blueprint: AnyBlueprint = blueprints[id]!;
  const config = blueprint.resize(blueprint.toy, sizes);
  const state = initialState(blueprint.spec(config), createRng(1));
  const names = writeTokenizer(tokenizer, { maxLength: 8, segments: true, className: 'BertTokenizer' });
  return { blueprint, config, state, files: exportFiles(blueprint, config, state, names) as FilesByPath };
}

export const chosen = (files: FilesByPath): Chosen[] =>
  Object.entries(files).map(([path, bytes]) => ({ path, blob: new Blob([new Uint8Array(bytes)]) }));

export const zipped = (files: FilesByPath, level: 0 | 6 = 6): FilesByPath => ({
  'model.zip': zipSync(files as Zippable, { level }),
});

export const open = async (files: FilesByPath): Promise<ModelFolder> => openModel(await gather(chosen(files)));

/** All numbers of a model by name. */
export async function numbersIn(model: ModelFolder): Promise<Map<string, Float32Array>> {
  const found = new Map<string, Float32Array>();
  await model.load((name, { shape }) => {
    const all = new Float32Array(sizeOf(shape));
    return { put: (at, values) => all.set(values, at), end: () => found.set(name, all) };
  });
  return found;
}

export const toBytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
export const toJson = (bytes: Uint8Array | undefined): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(bytes));

/** A safetensors file with a header of one's own. */
export function withHeader(header: unknown, data: Uint8Array, length?: bigint): Uint8Array {
  const text = toBytes(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** The header of a safetensors file, and its data. */
export function takenApart(bytes: Uint8Array) {
  const start = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  return { header: toJson(bytes.subarray(8, start)), data: bytes.subarray(start) };
}
