import { AppError } from '../core/errors.ts';

/** A file of which any piece can be read by itself, without the rest. */
export interface RangedFile {
  /** In bytes. */
  readonly size: number;
  /** Bytes `begin` … `end` (exclusive), in memory of their own. Throws `bad-file` where they cannot be had. */
  read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Files of a folder by their paths. */
export type Folder = ReadonlyMap<string, RangedFile>;

export const refuse = (sentence: string): never => {
  throw new AppError('bad-file', sentence);
};

/** 1234567 → 1.2 MB. */
export const inMegabytes = (bytes: number): string =>
  `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: bytes < 1e7 ? 1 : 0 })} MB`;

/** A file that a person chose or dropped, or a part of one. */
export const fromBlob = (blob: Blob, name: string): RangedFile => ({
  size: blob.size,
  async read(begin, end) {
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await blob.slice(begin, end).arrayBuffer());
    } catch {
      return refuse(`${name} could not be read: it was moved or changed since it was chosen. Choose it again.`);
    }
    if (bytes.length !== end - begin) refuse(`${name} ends before byte ${end}. Download or copy it again.`);
    return bytes;
  },
});

/** A piece of another file as a file of its own. */
export const pieceOf = (file: RangedFile, start: number, size: number): RangedFile => ({
  size,
  read: (begin, end) => file.read(start + begin, start + end),
});

/** A small file as a whole. Throws `bad-file` where it is larger than `most` bytes. */
export function readWhole(file: RangedFile, name: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > most)
    refuse(
      `${name} has ${inMegabytes(file.size)}, and such a file is at most ${inMegabytes(most)} long. Choose the unchanged file of a Hugging Face folder.`,
    );
  return file.read(0, file.size);
}
