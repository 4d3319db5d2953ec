import { zipSync } from 'fflate';
import { expect, it, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { fromBlob, type RangedFile } from '../../src/hub/ranged.ts';
import { openZip } from '../../src/hub/zip-folder.ts';
import { toBytes } from '../support/model-files.ts';

const ranged = (bytes: Uint8Array): RangedFile => fromBlob(new Blob([new Uint8Array(bytes)]), 'a.zip');
const numbers = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 7);
const files = {
  'a/config.json': toBytes('{}'),
  'a/numbers': numbers,
  '__MACOSX/a': toBytes('x'),
  'a/.hidden': toBytes('x'),
};

async function said(bytes: Uint8Array): Promise<string> {
  try {
    const folder = await openZip(ranged(bytes), 'a.zip');
    for (const file of folder.values()) await file.read(0, file.size);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

/** A zip with one number of its list of files changed; the list has one file. */
function listed(bytes: Uint8Array, at: number, value: number, width: 2 | 4 = 4): Uint8Array {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  const start = view.getUint32(changed.length - 22 + 16, true);
  if (width === 4) view.setUint32(start + at, value, true);
  else view.setUint16(start + at, value, true);
  return changed;
}

it.each([0, 6] as const)('any piece of a file can be read, forwards and back (level %d)', async (level) => {
  const folder = await openZip(ranged(zipSync(files, { level })), 'a.zip');
  expect([...folder.keys()]).toEqual(['a/config.json', 'a/numbers']);
  const file = folder.get('a/numbers')!;
  expect(file.size).toBe(numbers.length);
  for (const [begin, end] of [
    [0, 8],
    [8, 100_000],
    [250_000, 300_000],
    [5, 70_000],
    [300_000, 300_000],
  ] as const)
    expect(await file.read(begin, end)).toEqual(numbers.slice(begin, end));
  const both = await Promise.all([file.read(200_000, 200_009), file.read(3, 9)]);
  expect(both).toEqual([numbers.slice(200_000, 200_009), numbers.slice(3, 9)]);
});

it('a comment behind the last record does not hide it', async () => {
  const bytes = zipSync({ a: toBytes('a') });
  const commented = new Uint8Array([...bytes, 1, 2, 3]);
  new DataView(commented.buffer).setUint16(bytes.length - 2, 3, true);
  expect([...(await openZip(ranged(commented), 'a.zip')).keys()]).toEqual(['a']);
});

const one = zipSync({ a: numbers });
const stored = zipSync({ a: numbers }, { level: 0 });
/** 100 MB of zeros in 100 kB that say they are 1000 bytes. */
const bomb = listed(zipSync({ a: new Uint8Array(1e8) }), 24, 1000);
test.each<[string, Uint8Array, string]>([
  ['no zip', toBytes('hello'), 'is no zip, or its end is missing'],
  ['cut short', one.slice(0, -30), 'is no zip, or its end is missing'],
  ['locked', listed(one, 8, 1, 2), 'is locked with a password'],
  ['packed otherwise', listed(one, 10, 12, 2), 'is packed in a way (12)'],
  ['of two sizes', listed(stored, 24, 5), 'has two sizes'],
  ['beyond its end', listed(one, 42, 1e9), 'a lies beyond its end'],
  ['somewhere else', listed(one, 42, 3), 'a is not where the zip says'],
  ['of 4 GB', listed(one, 24, 4_200_000_000), 'unpacked it would have more than 4,000 MB'],
  ['longer than it says', bomb, 'a is longer inside the zip than the zip says (1000 bytes)'],
  ['shorter than it says', listed(one, 24, 400_000), 'a is damaged inside the zip'],
  ['without a list', listed(one, 0, 7), 'its list of files is damaged'],
  ['spoilt in the middle', one.map((byte, i) => (i > 50 && i < 900 ? 255 : byte)), 'a is damaged inside the zip'],
])('a zip that is %s is refused in a sentence', async (_, bytes, sentence) => {
  expect(await said(bytes)).toContain(sentence);
});
