import { expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { createRng, type Rng } from '../../src/core/rng.ts';
import { openTokenizer } from '../../src/hub/model-tokenizer.ts';
import { read, write } from '../../src/hub/safetensors.ts';
import { blueprints } from '../../src/models/catalog.ts';
import {
  exported,
  type FilesByPath,
  numbersIn,
  open,
  takenApart,
  toBytes,
  toJson,
  withHeader,
  zipped,
} from '../support/model-files.ts';

const inputs = 10_000;
const weights = 'model.safetensors';

/** What a file may say where something else belongs. */
const odd: readonly unknown[] = [
  null,
  -1,
  0,
  1.5,
  7,
  1e9,
  2 ** 53,
  1e300,
  '',
  'x',
  '__proto__',
  'constructor',
  true,
  [],
  {},
  [1e9, 1e9],
  [[]],
  'F64',
  'I8',
  { toString: 1 },
  new Array(2000).fill(1e9),
  'é'.repeat(5000),
];

const one = <T>(list: readonly T[], rng: Rng): T => list[rng.int(list.length)]!;

/** A tree of JSON with one thing in it replaced, taken away, doubled or renamed, as deep as it goes. */
function mutated(value: unknown, rng: Rng): unknown {
  if (typeof value !== 'object' || value === null || rng.next() < 0.15) return one(odd, rng);
  if (Array.isArray(value)) {
    const at = rng.int(value.length + 1);
    return value.toSpliced(at, rng.int(2), ...(rng.next() < 0.3 ? [one(odd, rng)] : [mutated(value[at], rng)]));
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return one(odd, rng);
  const at = rng.int(entries.length);
  const [key, own] = entries[at]!;
  const kinds = [
    [key, mutated(own, rng)],
    ['__proto__', own],
    [`${key}x`, own],
    [key, one(entries, rng)[1]],
  ] as const;
  const next = rng.next() < 0.15 ? entries.toSpliced(at, 1) : entries.toSpliced(at, 1, [...one(kinds, rng)] as never);
  return Object.fromEntries(next);
}

/** Some bytes flipped, a piece gone or doubled, the end cut. */
function scratched(bytes: Uint8Array, rng: Rng): Uint8Array {
  const copy = bytes.slice();
  const kind = rng.int(4);
  const at = rng.int(copy.length + 1);
  if (kind === 0) return copy.slice(0, at);
  if (kind === 1) return new Uint8Array([...copy.slice(0, at), ...copy.slice(rng.int(copy.length + 1))]);
  for (let i = 0; i <= rng.int(6); i++)
    copy[kind === 2 ? rng.int(Math.min(64, copy.length)) : rng.int(copy.length)] = rng.int(256);
  return copy;
}

function spoilt(files: FilesByPath, rng: Rng): FilesByPath {
  const paths = Object.keys(files);
  const path = one(paths, rng);
  const bytes = files[path]!;
  const kind = rng.next();
  if (kind < 0.05) return Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));
  if (kind < 0.1) return { ...files, [path]: files[one(paths, rng)]! };
  if (kind < 0.15) return { ...files, [`b/${path}`]: bytes };
  if (kind < 0.4 || !/json$|safetensors$/.test(path)) return { ...files, [path]: scratched(bytes, rng) };
  try {
    if (path.endsWith('json')) return { ...files, [path]: toBytes(mutated(toJson(bytes), rng) ?? null) };
    const { header, data } = takenApart(bytes);
    const length = rng.next() < 0.2 ? BigInt(one([0, 7, 2 ** 31, 2 ** 53 - 1], rng)) : undefined;
    return { ...files, [path]: withHeader(mutated(header, rng) ?? null, data, length) };
  } catch {
    // It was spoilt before, and cannot be taken apart any more.
    return { ...files, [path]: scratched(bytes, rng) };
  }
}

function sharded(files: FilesByPath): FilesByPath {
  const { [weights]: whole, ...rest } = files;
  const arrays = [...read(whole!)];
  const parts = [arrays.slice(0, 4), arrays.slice(4)];
  const map = parts.flatMap((part, i) => part.map(([name]) => [name, `${i}.safetensors`]));
  const shards = parts.map((part, i) => [`${i}.safetensors`, write(new Map(part))]);
  return {
    ...rest,
    ...Object.fromEntries(shards),
    [`${weights}.index.json`]: toBytes({ weight_map: Object.fromEntries(map) }),
  };
}

/** What this process holds in objects and arrays: unlike the memory that the system has given it, not what other tests left there. */
function bytesHeld(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('ten thousand spoilt inputs are each read, or refused in a sentence, each in bounded memory', {
  timeout: 120_000,
}, async () => {
  const whole = Object.keys(blueprints).map((id) => exported(id).files);
  const kinds = [...whole, ...whole, sharded(exported('bert').files)];
  const packed = kinds.map((files) => ([0, 6] as const).map((level) => zipped(files, level)['model.zip']!));
  const rng = createRng('fuzz');
  const uncaught: string[] = [];
  const seen = { read: 0, refused: 0 };
  let mostBytes = 0;
  const began = process.cpuUsage();
  for (let i = 0; i < inputs; i++) {
    const kind = rng.int(kinds.length);
    const base = kinds[kind]!;
    const turn = rng.next();
    const files =
      turn < 0.15
        ? { 'model.zip': scratched(one(packed[kind]!, rng), rng) }
        : turn < 0.17
          ? zipped(spoilt(base, rng))
          : spoilt(rng.next() < 0.2 ? spoilt(base, rng) : base, rng);
    const before = bytesHeld();
    try {
      const model = await open(files);
      const tokenizer = await openTokenizer(model.rest, (model.config as { vocabSize: number }).vocabSize);
      tokenizer.encode('the cats sat on the mat .', true);
      await numbersIn(model);
      seen.read++;
    } catch (error) {
      seen.refused++;
      const { message } = error as Error;
      const isSaid =
        error instanceof AppError &&
        message.length < (message.startsWith('The weights do not fit') ? 100_000 : 1000) &&
        /[.!]$/.test(message);
      if (!isSaid) uncaught.push(`input ${i}: ${(error as Error).stack?.slice(0, 400) ?? String(error)}`);
    }
    mostBytes = Math.max(mostBytes, bytesHeld() - before);
  }
  expect(uncaught.slice(0, 3)).toEqual([]);
  expect(seen.refused).toBeGreaterThan(inputs / 3);
  expect(seen.read).toBeGreaterThan(inputs / 50);
  // In time of the processor, in microseconds: others may use it meanwhile.
  const { user, system } = process.cpuUsage(began);
  expect(user + system).toBeLessThan(20e6);
  expect(mostBytes).toBeLessThan(50e6);
});
