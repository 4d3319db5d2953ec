import { unzipSync } from 'fflate';
import { AppError } from '../core/errors.ts';
import { importFiles } from '../hub/checkpoint.ts';
import { readTokenizer } from '../hub/tokenizer-json.ts';
import type { Data } from './data.ts';
import { type Trained, type Use, unfit } from './trained-model.ts';

/**
 * The model of a zip as it is exported here: `config.json`, `model.safetensors` and the tokenizer's files. Throws
 * `bad-file` for what is no such zip, `bad-option` where its tokens are not those of the text.
 */
export function readModel(bytes: Uint8Array, { vocabulary }: Pick<Data, 'vocabulary'>, field: Use): Trained {
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(bytes);
  } catch {
    throw new AppError('bad-file', 'The file is no zip. Choose one that was exported with "Export the model".', field);
  }
  const { blueprint, config, state, rest } = importFiles(files);
  // A model of several parts has the same tokenizer in each folder.
  const folder = Object.keys(rest).find((path) => /(^|\/)(tokenizer\.json|vocab\.txt)$/.test(path)) ?? '';
  const prefix = folder.slice(0, folder.lastIndexOf('/') + 1);
  const own = Object.entries(rest).map(([path, file]) => [path.slice(prefix.length), file] as const);
  const { tokens } = readTokenizer(Object.fromEntries(own)).vocabulary;
  const isSame = tokens.length === vocabulary.size && tokens.every((token, id) => token === vocabulary.tokens[id]);
  if (!isSame) throw unfit(`${blueprint.name} with other tokens`, field);
  return { blueprint, config, weights: state };
}
