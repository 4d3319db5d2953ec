import { unzipSync } from 'fflate';
import { AppError } from '../core/errors.ts';
import { importFiles } from '../hub/checkpoint.ts';
import { readTokenizer } from '../hub/tokenizer-json.ts';
import type { Data } from './data.ts';
import { blueprintOf } from './model.ts';
import type { ModelRef, Run } from './run.ts';
import { runFrom } from './settings.ts';
import type { RunStore } from './store.ts';
import { type Trained, unfit } from './teacher.ts';
import type { Given } from './trainer.ts';

type Use = 'start' | 'teacher';

const missing = (field: Use): AppError =>
  new AppError(
    'unavailable',
    `The trained model that this run ${field === 'start' ? 'begins with' : 'learns from'} is not kept in this browser. Train it here or add its file, or leave it out.`,
    field,
  );

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

async function fetchTrained(ref: ModelRef, field: Use, data: Data, store: RunStore): Promise<Trained> {
  if ('file' in ref) {
    const bytes = await store.file(ref.file);
    if (!bytes) throw missing(field);
    return readModel(bytes, data, field);
  }
  const run = runFrom(ref.run);
  const state = await store.load(run, ref.step);
  if (!state) throw missing(field);
  return { ...blueprintOf(run, data.vocabulary.size), weights: state.weights };
}

/** The trained models that a run begins with and learns from. Throws `unavailable` where one is not kept here. */
export async function trainedFor({ model }: Run, data: Data, store: RunStore): Promise<Given> {
  const { start, teacher } = model;
  return {
    start: start && (await fetchTrained(start, 'start', data, store)),
    teacher: teacher && (await fetchTrained(teacher, 'teacher', data, store)),
  };
}
