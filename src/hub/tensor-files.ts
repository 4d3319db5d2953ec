import { quoted } from '../core/errors.ts';
import { sizeOf } from '../core/params.ts';
import { flatWidth } from '../core/textures.ts';
import { parseConfig } from './checkpoint.ts';
import { type Folder, type RangedFile, readWhole, refuse } from './ranged.ts';
import { converters, type Entry, elementBytes, headerLength, readHeader } from './safetensors.ts';

/** The header of a model of 500 MB has some 100 kB. */
const longestHeader = 10_000_000;
/** Numbers that are read at a time: 4 MB, whole rows of a flat texture. */
const chunk = 256 * 4 * flatWidth;
const mostShards = 64;
const single = 'model.safetensors';
const index = `${single}.index.json`;

/** A tensor that lies in a file. */
export interface Stored extends Entry {
  readonly file: RangedFile;
  /** Where the data part of its file begins. */
  readonly start: number;
}

/** Some numbers of a tensor, from the `at`th on. */
export interface Piece {
  readonly at: number;
  readonly values: Float32Array;
}

/** The tensors of one file by name; only its header is read. */
async function openOne(file: RangedFile, found: Map<string, Stored>): Promise<void> {
  const start = 8 + headerLength(await file.read(0, Math.min(8, file.size)), file.size, longestHeader);
  for (const entry of readHeader(await file.read(8, start), file.size - start)) {
    if (found.has(entry.name))
      refuse(`Two files of the folder hold the weight ${quoted(entry.name)}. Choose the files of one model.`);
    found.set(entry.name, { ...entry, file, start });
  }
}

/** Every tensor of the weights in a folder, of one file or of several with their index. */
export async function openTensors(files: Folder, folder: string): Promise<ReadonlyMap<string, Stored>> {
  const found = new Map<string, Stored>();
  const whole = files.get(folder + single);
  const table = files.get(folder + index);
  if (whole) await openOne(whole, found);
  else if (table) {
    const { weight_map: map } = parseConfig(await readWhole(table, index, longestHeader), index);
    const names = new Set(Object.values(typeof map === 'object' && map !== null ? map : {}));
    if (names.size === 0 || names.size > mostShards)
      refuse(`${index} names ${names.size} files, and 1 to ${mostShards} are read here. Choose the unchanged file.`);
    const absent = [...names].filter((name) => typeof name !== 'string' || !files.has(folder + name));
    if (absent.length > 0)
      refuse(
        `${index} names files that are not there: ${absent.slice(0, 8).map(quoted).join(', ')}. Choose all files of the folder.`,
      );
    for (const name of names) await openOne(files.get(folder + name)!, found);
  } else missing(files, folder);
  return found;
}

function missing(files: Folder, folder: string): never {
  const pickle = [...files.keys()].find((path) => path.startsWith(folder) && /\.(bin|pt|pth|ckpt|h5)$/.test(path));
  return refuse(
    pickle
      ? `${folder}${single} is missing. ${quoted(pickle)} is not read: such a file may carry a program. Choose the model's safetensors, or save it again with save_pretrained.`
      : `${folder}${single} is missing. Choose all files of the folder.`,
  );
}

/** Whether a tensor holds numbers that are read as weights. */
export const isFloat = ({ dtype }: Entry): boolean => dtype in converters;

export const bytesOf = ({ begin, end }: Entry): number => end - begin;

/** Gives memory back at once, where the browser can; else it counts until the next time that garbage is collected. */
const forget = (memory: ArrayBufferLike): void => {
  (memory as { transfer?: (length: number) => unknown }).transfer?.(0);
};

/** The numbers of a tensor piece by piece, in their order; each is there until the next one is asked for. */
export async function* piecesOf(stored: Stored): AsyncGenerator<Piece> {
  const { dtype, file, start, begin, shape } = stored;
  const convert = converters[dtype]!;
  const width = elementBytes(stored);
  const numbers = sizeOf(shape);
  for (let at = 0; at < numbers; at += chunk) {
    const from = start + begin + at * width;
    const bytes = await file.read(from, from + Math.min(chunk, numbers - at) * width);
    const values = convert(bytes.buffer);
    yield { at, values };
    for (const memory of new Set<ArrayBufferLike>([bytes.buffer, values.buffer])) forget(memory);
  }
}

/** Zeros for a tensor that is in no file, in pieces as long as those of one that is. */
export function* zerosOf(shape: readonly number[]): Generator<Piece> {
  const numbers = sizeOf(shape);
  const zeros = new Float32Array(Math.min(chunk, numbers));
  for (let at = 0; at < numbers; at += chunk) yield { at, values: zeros.subarray(0, numbers - at) };
}

/** Whether two tensors of one size hold the same numbers. */
export async function areSame(a: Stored, b: Stored): Promise<boolean> {
  if (sizeOf(a.shape) !== sizeOf(b.shape)) return false;
  const others = piecesOf(b);
  for await (const { values } of piecesOf(a)) {
    const { value } = await others.next();
    if (!values.every((number, i) => number === value?.values[i])) return false;
  }
  return true;
}
