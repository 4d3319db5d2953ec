import type { Chip } from '../figures/chips.ts';
import type { Document, Tokenizer } from '../text/document.ts';
import { toBytes, toWholeText } from '../text/tokenizers/byte-spelling.ts';

/** A space that can be seen. */
export const space = '␣';

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');
/** A sign as it is; what cannot be seen, by its bytes. */
function seen(character: string): string {
  if (character === ' ') return space;
  if (!/[\p{C}\p{Z}]/u.test(character)) return character;
  return Array.from(new TextEncoder().encode(character), hex).join(' ');
}

/**
 * A byte piece for a reader: its text, the space made visible; where its bytes are no whole letters, each by its number
 * in sixteens: `F0 9F`.
 */
export function showPiece(token: string): string {
  const text = toWholeText(token);
  if (text !== undefined) return Array.from(text, seen).join('');
  const bytes = Array.from(toBytes(token), (byte) => (byte < 128 ? seen(String.fromCharCode(byte)) : hex(byte)));
  return bytes.join(' ');
}

/** Whether the bytes of a piece are no whole letters. */
export const isTorn = (token: string): boolean => toWholeText(token) === undefined;

/** How a text is cut. */
export interface Cut {
  readonly chips: readonly Chip[];
  readonly unknown: number;
  /** Pieces that are no whole letters. */
  readonly torn: number;
}

/** A text cut by a tokenizer, as a row of its pieces. */
export function cutBy({ encode, vocabulary, merges }: Tokenizer, text: string): Cut {
  const ids = encode(text);
  const isBytes = merges !== undefined;
  const own = (id: number) => isBytes && !vocabulary.isSpecial(id);
  return {
    chips: ids.map((id): Chip => {
      const token = vocabulary.tokens[id] ?? '?';
      return { token: own(id) ? showPiece(token) : token, special: vocabulary.isSpecial(id) };
    }),
    unknown: ids.filter((id) => id === vocabulary.unknownId).length,
    torn: ids.filter((id) => own(id) && isTorn(vocabulary.tokens[id]!)).length,
  };
}

/** What a text of many sentences comes to. */
export interface Spent {
  readonly pieces: number;
  readonly unknown: number;
}

/** Pieces of all documents, and how many of them are unknown. */
export function spentOn(documents: readonly Document[], { vocabulary }: Tokenizer): Spent {
  const ids = documents.flatMap(({ sentences }) => sentences.flat());
  return { pieces: ids.length, unknown: ids.filter((id) => id === vocabulary.unknownId).length };
}

/** Sizes of a table that are worth a look beside one of `words` rows, from those that a run may have. */
export function tableSizes(words: number, least: number, most: number): readonly number[] {
  const sizes = [words, 2 * words, 4 * words].map((size) => Math.min(size, most));
  return [...new Set(sizes)].filter((size) => size >= least);
}
