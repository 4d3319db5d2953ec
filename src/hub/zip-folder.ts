import { quoted } from '../core/errors.ts';
import { inflated } from './inflated.ts';
import { type Folder, inMegabytes, pieceOf, type RangedFile, refuse } from './ranged.ts';

/** Bytes of a zip's last record and of the longest comment behind it. APPNOTE 6.3.10, 4.3.16. */
const endLength = 22;
const longestComment = 0xffff;
/** A list of files that is longer belongs to no model. */
const longestList = 4_000_000;
const mostFiles = 10_000;
/** What all files of a model may have when they are unpacked. */
const mostUnpacked = 4e9;

/** The files of a zip by their paths, each stored or deflated; none is unpacked before it is read. */
export async function openZip(file: RangedFile, name: string): Promise<Folder> {
  const because = (why: string) => refuse(`${name} cannot be read: ${why}. Unpack it and choose the folder.`);
  const tail = await file.read(Math.max(0, file.size - endLength - longestComment), file.size);
  const end = lastRecord(tail);
  if (end === undefined) return refuse(`${name} is no zip, or its end is missing. Download or make it again.`);
  const last = new DataView(tail.buffer, end);
  const [count, length, start] = [last.getUint16(10, true), last.getUint32(12, true), last.getUint32(16, true)];
  if (count === 0xffff || start === 0xffffffff) because('it is a zip of more than 4 GB');
  if (count > mostFiles || length > longestList) because(`it lists ${count} files`);
  if (start + length > file.size) because('its list of files lies beyond its end');
  const list = await file.read(start, start + length);
  const view = new DataView(list.buffer);
  const files = new Map<string, RangedFile>();
  let unpacked = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > length || view.getUint32(at, true) !== 0x02014b50) because('its list of files is damaged');
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [packed, size, offset] = [20, 24, 42].map((field) => view.getUint32(at + field, true)) as [
      number,
      number,
      number,
    ];
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const path = new TextDecoder().decode(list.subarray(at + 46, at + 46 + nameLength));
    at += 46 + nameLength + extra + comment;
    if (path.endsWith('/') || /(^|\/)(__MACOSX|\.[^/]*)(\/|$)/.test(path)) continue;
    if (flags & 1) because(`${quoted(path)} is locked with a password`);
    if (method !== 0 && method !== 8) because(`${quoted(path)} is packed in a way (${method}) that is not read here`);
    if (method === 0 && packed !== size) because(`${quoted(path)} has two sizes`);
    if (offset + 30 + packed > file.size) because(`${quoted(path)} lies beyond its end`);
    if (files.has(path)) because(`${quoted(path)} is in it twice`);
    unpacked += size;
    if (unpacked > mostUnpacked) because(`unpacked it would have more than ${inMegabytes(mostUnpacked)}`);
    files.set(
      path,
      lazily(size, () => entry(file, { path, offset, packed, size, method })),
    );
  }
  return files;
}

interface Listed {
  readonly path: string;
  readonly offset: number;
  readonly packed: number;
  readonly size: number;
  readonly method: number;
}

/** The file behind a local header, whose length only that header tells. */
async function entry(file: RangedFile, { path, offset, packed, size, method }: Listed): Promise<RangedFile> {
  const head = new DataView((await file.read(offset, offset + 30)).buffer);
  const start = offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  if (head.getUint32(0, true) !== 0x04034b50 || start + packed > file.size)
    refuse(`${quoted(path)} is not where the zip says. Download or make the zip again.`);
  const stored = pieceOf(file, start, packed);
  return method === 0 ? stored : inflated(stored, size, quoted(path));
}

/** A file that is looked for when it is first read. */
function lazily(size: number, open: () => Promise<RangedFile>): RangedFile {
  let opened: Promise<RangedFile> | undefined;
  return {
    size,
    async read(begin, end) {
      opened ??= open();
      return (await opened).read(begin, end);
    },
  };
}

/** Where the last record begins: the comment behind it reaches exactly to the end. */
function lastRecord(tail: Uint8Array<ArrayBuffer>): number | undefined {
  const view = new DataView(tail.buffer);
  for (let at = tail.length - endLength; at >= 0; at--)
    if (view.getUint32(at, true) === 0x06054b50 && at + endLength + view.getUint16(at + 20, true) === tail.length)
      return at;
  return undefined;
}
