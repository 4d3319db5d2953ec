import type { Leaf } from '../core/params.ts';
import { flatten, sizeOf } from '../core/params.ts';
import type { AnyBlueprint } from '../models/architecture.ts';
import { hubOf } from '../models/hubs.ts';
import { describe, foldersIn, names, type Part, parseConfig } from './checkpoint.ts';
import { type Folder, readWhole, refuse } from './ranged.ts';
import { elementBytes } from './safetensors.ts';
import { differs, planNames, report } from './state-dict.ts';
import { areSame, bytesOf, isFloat, openTensors, piecesOf, type Stored, zerosOf } from './tensor-files.ts';

const longestConfig = 1_000_000;
const mostModels = 16;
/** Names that are told of each kind: more than a model of the family has. */
const mostNames = 1000;

/** Takes the numbers of a weight. */
export interface Receiver {
  /** The next ones, from the `at`th on: they are there until it returns. */
  put(at: number, values: Float32Array): void;
  /** That was all. */
  end(): void;
}

/** A model that lies in files: all that can be said of it before its weights are read, and how they are. */
export interface ModelFolder {
  readonly blueprint: AnyBlueprint;
  readonly config: object;
  readonly parts: readonly Part[];
  /** Numbers in all weights, those that several parts share once. */
  readonly weights: number;
  /** Bytes of the tensors in the files. */
  readonly bytes: number;
  /** The number types of its files: `F32`. */
  readonly types: readonly string[];
  /** Weights that its class has not: heads of which nothing can be said. */
  readonly lacking: readonly string[];
  /** What stands in its files and has no place in the model: heads of another task, a pooler that nothing reads. */
  readonly unused: readonly string[];
  /** Whatever else stands in the folder of its first part, by name: the tokenizer's files. */
  readonly rest: Folder;
  /**
   * Reads every weight in turn and gives it away piece by piece, so that none is ever held as a whole; `onBytes` is
   * told how many bytes are read of `bytes`. Those that are lacking are zeros. Throws `bad-file` where tied weights
   * differ or a file is damaged, and what `signal` says.
   */
  load(
    take: (name: string, leaf: Leaf) => Receiver,
    onBytes?: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<void>;
}

/** A weight that is read, and where its numbers stand a second time. */
interface Read {
  readonly name: string;
  readonly leaf: Leaf;
  readonly stored: Stored;
  readonly again: { readonly said: string; readonly stored: Stored }[];
}

/** What a part's class has not, by the beginnings of the names. */
const lacksOf = (blueprint: AnyBlueprint, { className }: Part): readonly string[] =>
  hubOf(blueprint).variants?.[className ?? '']?.lacks ?? [];

/**
 * Opens the model of a folder. Nothing but headers and small files is read. Throws `AppError('bad-file')` with
 * everything that does not fit.
 */
export async function openModel(files: Folder): Promise<ModelFolder> {
  const folders = foldersIn([...files.keys()]);
  if (folders.length > mostModels)
    refuse(`There are ${folders.length} files called config.json. Choose the folder of one model.`);
  const configs = await Promise.all(
    folders.map(async (folder) => {
      const name = `${folder}config.json`;
      return [folder, parseConfig(await readWhole(files.get(name)!, name, longestConfig))] as const;
    }),
  );
  const { blueprint, config, parts } = describe(configs);
  const reads = new Map<string, Read>();
  const problems = { missing: [] as string[], misshaped: [] as string[], untied: [] };
  const leaves = new Map(flatten(blueprint.spec(config)));
  const unused: string[] = [];
  let isAnother = false;
  let bytes = 0;
  const types = new Set<string>();
  for (const part of parts) {
    const tensors = await openTensors(files, part.folder);
    const wanted = names(blueprint, config, part.part);
    const shapes = new Map([...wanted].map(([name, { leaf }]) => [name, leaf]));
    const plan = planNames(shapes, tensors, hubOf(blueprint).tied ?? {}, lacksOf(blueprint, part));
    const before = parts.length > 1 ? `${part.folder}: ` : '';
    for (const kind of ['missing', 'misshaped'] as const)
      problems[kind].push(...plan.problems[kind].map((name) => before + name));
    const layers = new Set([...wanted.keys()].flatMap((name) => layersBefore(name)));
    unused.push(...plan.problems.unexpected.map((name) => before + name));
    isAnother ||= plan.problems.unexpected.some((name) => layersBefore(name).some((list) => layers.has(list)));
    for (const [name, own] of plan.from) {
      const stored = tensors.get(own)!;
      const { leaf, source } = wanted.get(name)!;
      if (!isFloat(stored)) problems.misshaped.push(`${before}${name} holds ${stored.dtype}, not F32, F16 or BF16`);
      bytes += bytesOf(stored);
      types.add(stored.dtype);
      const first = reads.get(source);
      if (first) first.again.push({ said: `${before}${name} differs from ${source}`, stored });
      else reads.set(source, { name: source, leaf, stored, again: [] });
    }
    for (const twin of plan.twins) {
      const first = reads.get(wanted.get(twin.source)?.source ?? '');
      first?.again.push({ said: before + differs(twin), stored: tensors.get(twin.file)! });
    }
  }
  // What is left over does no harm by itself; where something else is wrong it says what the files are.
  if (isAnother || problems.missing.length + problems.misshaped.length > 0)
    report({ ...problems, unexpected: unused }, mostNames);
  const folder = parts[0]!.folder;
  return {
    blueprint,
    config,
    parts,
    weights: [...leaves.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    bytes,
    types: [...types],
    unused,
    lacking: [...leaves.keys()].filter((name) => !reads.has(name)),
    rest: new Map([...files].flatMap(([path, file]) => inFolder(path, folder).map((name) => [name, file]))),
    async load(take, onBytes = () => undefined, signal) {
      let done = 0;
      const count = (more: number) => {
        signal?.throwIfAborted();
        done += more;
        onBytes(done);
      };
      const untied: string[] = [];
      for (const { name, leaf, stored, again } of reads.values()) {
        const receiver = take(name, leaf);
        for await (const { at, values } of piecesOf(stored)) {
          receiver.put(at, values);
          count(values.length * elementBytes(stored));
        }
        receiver.end();
        for (const one of again) if (!(await areSame(stored, one.stored))) untied.push(one.said);
      }
      report({ missing: [], unexpected: [], misshaped: [], untied });
      for (const [name, leaf] of leaves) {
        if (reads.has(name)) continue;
        const receiver = take(name, leaf);
        for (const { at, values } of zerosOf(leaf.shape)) receiver.put(at, values);
        receiver.end();
      }
    },
  };
}

/** The lists of layers that a name stands in: a layer that has no place there tells of another model. */
const layersBefore = (name: string): readonly string[] =>
  [...name.matchAll(/\.\d+(?=\.)/g)].map(({ index }) => name.slice(0, index));

/** The name of a file in a folder; none for those in other folders. */
const inFolder = (path: string, folder: string): readonly string[] =>
  path.startsWith(folder) && !path.slice(folder.length).includes('/') ? [path.slice(folder.length)] : [];
