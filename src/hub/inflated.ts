import { Inflate } from 'fflate';
import { type RangedFile, refuse } from './ranged.ts';

/** Packed bytes that are read at a time. */
const block = 1 << 20;
/** Packed bytes that are taken at a time: at DEFLATE's best ratio (1032) they become 17 MB. */
const taken = 1 << 14;

/**
 * A deflated file of `size` bytes, read forwards: what lies behind is inflated again from the start. No more of it is
 * held than one piece and what was asked for. Throws `bad-file` where it is not what it says.
 */
export function inflated(packed: RangedFile, size: number, name: string): RangedFile {
  let pieces: Uint8Array[] = [];
  /** Where the first piece begins, where the last one ends, and how much of the packed file is read. */
  let from = 0;
  let to = 0;
  let read = 0;
  /** What was read of the packed file and not yet taken. */
  let ahead: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  let inflate: Inflate;
  const broken = () => refuse(`${name} is damaged inside the zip. Download or make the zip again.`);

  function begin(): void {
    pieces = [];
    from = to = read = 0;
    ahead = new Uint8Array(0);
    inflate = new Inflate((piece) => {
      to += piece.length;
      if (to > size)
        refuse(`${name} is longer inside the zip than the zip says (${size} bytes). Unpack it and choose the folder.`);
      if (piece.length > 0) pieces.push(piece);
    });
  }
  begin();

  /** Lets go of everything before `start`. */
  function forget(start: number): void {
    while (pieces[0] && from + pieces[0].length <= start) from += pieces.shift()!.length;
  }

  async function more(): Promise<void> {
    if (ahead.length === 0) {
      if (read >= packed.size) broken();
      const end = Math.min(read + block, packed.size);
      ahead = await packed.read(read, end);
      read = end;
    }
    const bytes = ahead.subarray(0, taken);
    ahead = ahead.subarray(taken);
    try {
      inflate.push(bytes, ahead.length === 0 && read === packed.size);
    } catch (error) {
      if (error instanceof Error && error.name === 'AppError') throw error;
      broken();
    }
  }

  async function piece(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (end > size) broken();
    if (start < from) begin();
    const found = new Uint8Array(end - start);
    let at = start;
    for (;;) {
      forget(at);
      for (const one of pieces) {
        if (at >= end || from > at) break;
        const part = one.subarray(at - from, end - from);
        found.set(part, at - start);
        at += part.length;
        forget(at);
      }
      if (at >= end) return found;
      await more();
    }
  }

  /** One after the other: there is only one place where it is read. */
  let before: Promise<unknown> = Promise.resolve();
  return {
    size,
    read(start, end) {
      const next = before.then(() => piece(start, end));
      before = next.catch(() => begin());
      return next;
    },
  };
}
