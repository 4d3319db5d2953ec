import { AppError, quoted } from '../core/errors.ts';
import { flatten, type Leaf } from '../core/params.ts';
import type { AnyBlueprint } from '../models/architecture.ts';
import { blueprints } from '../models/catalog.ts';
import { hubOf } from '../models/hubs.ts';
import { refuse } from './ranged.ts';
import { type NumberArray, read, write } from './safetensors.ts';
import { fitNames, sameNumbers } from './state-dict.ts';

/** Numbers of every weight by its name in the spec: `model.bert.pooler.dense.weight`. */
export type State = ReadonlyMap<string, Float32Array>;
/** Files by path; a model of several parts has a folder for each: `generator/config.json`. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** What a model folder holds. */
export interface Checkpoint {
  readonly blueprint: AnyBlueprint;
  readonly config: object;
  readonly state: State;
  /** Whatever else stood in the folder: the tokenizer's files. */
  readonly rest: Files;
}

type Json = Readonly<Record<string, unknown>>;

const toJsonFile = (value: object) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/**
 * A folder that Hugging Face's `from_pretrained` loads: config, weights under their own names, and the tokenizer's
 * files.
 */
export function exportFiles(blueprint: AnyBlueprint, config: object, state: State, tokenizer: Files = {}): Files {
  const hub = hubOf(blueprint);
  const parts = Object.keys(blueprint.spec(config));
  const files: Record<string, Uint8Array> = {};
  for (const part of parts) {
    const folder = parts.length > 1 ? `${part}/` : '';
    const arrays = new Map<string, NumberArray>();
    for (const [name, { leaf, source }] of names(blueprint, config, part))
      arrays.set(name, { shape: leaf.shape, data: finite(state, source) });
    for (const [name, data] of Object.entries(hub.constants?.(config) ?? {}))
      arrays.set(name, { shape: [data.length], data });
    files[`${folder}config.json`] = toJsonFile(hub.toConfig(config, part));
    files[`${folder}model.safetensors`] = write(arrays);
    for (const [name, json] of Object.entries(hub.extraFiles?.(config) ?? {})) files[folder + name] = toJsonFile(json);
    for (const [name, bytes] of Object.entries(tokenizer)) files[folder + name] = bytes;
  }
  return files;
}

/** Every name in a part's file, with the name in the state whose numbers it holds. */
export function names(
  blueprint: AnyBlueprint,
  config: object,
  part: string,
): Map<string, { leaf: Leaf; source: string }> {
  const parts = blueprint.spec(config);
  const all = new Map(flatten(parts));
  const own = flatten(parts[part] ?? {}).map(([name, leaf]) => [name, { leaf, source: `${part}.${name}` }] as const);
  const copied = Object.entries(hubOf(blueprint).copies?.(config) ?? {})
    .filter(([name]) => name.startsWith(`${part}.`))
    .map(([name, source]) => [name.slice(part.length + 1), { leaf: all.get(source)!, source }] as const);
  return new Map([...own, ...copied]);
}

function finite(state: State, name: string): Float32Array {
  const values = state.get(name);
  if (!values) throw new Error(`expected ${name}, found nothing`);
  if (!values.every(Number.isFinite))
    throw new AppError(
      'not-finite',
      `The weight ${name} holds numbers that are not finite, so the model was not exported. Rewind to an earlier step and export that.`,
    );
  return values;
}

/**
 * A model folder as a blueprint, its configuration and its numbers; throws `AppError` with everything that does not
 * fit.
 */
export function importFiles(files: Files): Checkpoint {
  const configs = foldersIn(Object.keys(files)).map(
    (folder) => [folder, parseConfig(files[`${folder}config.json`]!)] as const,
  );
  const { blueprint, config, parts } = describe(configs);

  const state = new Map<string, Float32Array>();
  for (const { folder, part } of parts) {
    const bytes = files[`${folder}model.safetensors`];
    if (!bytes) return refuse(`${folder}model.safetensors is missing. Choose all files of the folder.`);
    for (const [source, values] of importPart(blueprint, config, part, bytes)) {
      const before = state.get(source);
      if (before && !sameNumbers(before, values))
        refuse(
          `The parts of ${blueprint.name} share ${source}, but their files hold different numbers for it. Choose parts that were trained together.`,
        );
      state.set(source, values);
    }
  }
  const known = ['config.json', 'model.safetensors', ...Object.keys(hubOf(blueprint).extraFiles?.(config) ?? {})];
  const used = new Set(parts.flatMap(({ folder }) => known.map((name) => folder + name)));
  const rest = Object.fromEntries(Object.entries(files).filter(([path]) => !used.has(path)));
  return { blueprint, config, state, rest };
}

/** The folders that hold a model, each up to its last slash. */
export const foldersIn = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => /^(|.*\/)config\.json$/.exec(path)?.slice(1) ?? []);

/** One checkpoint of a model: which part it is, and of which class. */
export interface Part {
  readonly folder: string;
  readonly part: string;
  /** The reference's class that its config names, if it names one. */
  readonly className?: string | undefined;
}

/**
 * The model that some folders with their configs are, all of its parts in their order. Throws `AppError` where there
 * is none, more than one, or not all of one.
 */
export function describe(configs: readonly (readonly [folder: string, json: Json])[]): {
  readonly blueprint: AnyBlueprint;
  readonly config: object;
  readonly parts: readonly Part[];
} {
  if (configs.length === 0)
    refuse('There is no config.json among the files. Choose all files of a Hugging Face folder.');
  const found = configs.map(([folder, json]) => ({ folder, json, ...identify(json) }));
  const { blueprint } = found[0]!;
  const parts = Object.keys(hubOf(blueprint).classes).map((part) => {
    const one = found.find((other) => other.blueprint === blueprint && other.part === part);
    const all = Object.values(hubOf(blueprint).classes).join(' and ');
    return (
      one ??
      refuse(
        `${blueprint.name} needs ${all}, and ${hubOf(blueprint).classes[part]} is missing. Choose the files of all of them.`,
      )
    );
  });
  const surplus = found.find((one) => !parts.includes(one));
  if (surplus) {
    const place = ({ folder }: Part) => (folder === '' ? 'config.json' : `${folder}config.json`);
    const [first, second] = [parts[0]!, surplus].map((one) => `${place(one)} (${one.blueprint.name})`);
    refuse(`There is more than one model among the files: ${first} and ${second}. Choose the files of one of them.`);
  }
  let config: object = {};
  for (const { json, part } of parts)
    config = hubOf(blueprint).fromConfig(json, part, part === parts[0]?.part ? undefined : config);
  return { blueprint, config, parts };
}

/**
 * The numbers of one part's `model.safetensors`, by their names in the state; `optional` beginnings of names may be
 * absent.
 */
export function importPart(
  blueprint: AnyBlueprint,
  config: object,
  part: string,
  bytes: Uint8Array,
  optional: readonly string[] = [],
): State {
  const wanted = names(blueprint, config, part);
  const leaves = new Map([...wanted].map(([name, { leaf }]) => [name, leaf]));
  const fitted = fitNames(leaves, read(bytes), hubOf(blueprint).tied ?? {}, optional);
  const state = new Map<string, Float32Array>();
  for (const [name, values] of fitted) {
    const { source } = wanted.get(name)!;
    const before = state.get(source);
    if (before && !sameNumbers(before, values))
      refuse(`${name} should hold the numbers of ${source}, but they differ. Choose the unchanged files of one model.`);
    state.set(source, values);
  }
  return state;
}

/** A `config.json`, or another small file called `name`, as an object. */
export function parseConfig(bytes: Uint8Array, name = 'config.json'): Json {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    refuse(`${name} is not JSON. Choose the unchanged file of a Hugging Face folder.`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) refuse(`${name} is not a JSON object.`);
  return json as Json;
}

/** Which architecture a `config.json` describes, and which of its parts. */
export function identify(json: Json): { readonly blueprint: AnyBlueprint } & Omit<Part, 'folder'> {
  const typesOf = (one: AnyBlueprint) => [hubOf(one).toConfig(one.toy).model_type, ...(hubOf(one).types ?? [])];
  const all = Object.values(blueprints);
  const blueprint = all.find((one) => typesOf(one).includes(json.model_type));
  if (!blueprint)
    return refuse(
      `config.json names the model type ${quoted(JSON.stringify(json.model_type ?? null))}, which is not known here. Choose a model of one of these types: ${all.flatMap(typesOf).join(', ')}.`,
    );
  const named = Array.isArray(json.architectures) ? json.architectures : [];
  const classes = Object.entries(hubOf(blueprint).classes);
  const [part] = classes.find(([, name]) => named.includes(name)) ?? classes[0]!;
  const known = [...classes.map(([, name]) => name), ...Object.keys(hubOf(blueprint).variants ?? {})];
  return { blueprint, part, className: known.find((name) => named.includes(name)) };
}
