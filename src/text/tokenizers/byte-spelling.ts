/**
 * Radford et al. 2019 (GPT-2), released code: each byte has a letter that can be seen, so that pieces of bytes are
 * strings. Bytes that are a printable character of Latin-1 are spelled by it, all others by letters from U+0100 on.
 */
const isPlain = (byte: number): boolean => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);

const plain: number[] = [];
const veiled: number[] = [];
for (let byte = 0; byte < 256; byte++) (isPlain(byte) ? plain : veiled).push(byte);

/** All bytes in the order of their letters. */
const inOrder: readonly number[] = [...plain, ...veiled];

/** The 256 letters in that order: the first tokens of any byte-level vocabulary. */
export const byteLetters: readonly string[] = [
  ...plain.map((byte) => String.fromCharCode(byte)),
  ...veiled.map((_, i) => String.fromCharCode(256 + i)),
];

const letterOf: readonly string[] = inOrder.reduce<string[]>((letters, byte, i) => {
  letters[byte] = byteLetters[i]!;
  return letters;
}, []);
const byteOf: ReadonlyMap<string, number> = new Map(byteLetters.map((letter, i) => [letter, inOrder[i]!]));

/** The letter of the byte of a space: what begins a word has it in front. */
export const spaceLetter = letterOf[32]!;

/** A text as the letters of its UTF-8 bytes. */
export const toLetters = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => letterOf[byte]!).join('');

/** The bytes of a piece; a letter that stands for none is left out. */
export const toBytes = (letters: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([...letters].flatMap((letter) => byteOf.get(letter) ?? []));

// A mark of byte order at the beginning is a character like any other here.
const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of letters; bytes that are no UTF-8 become U+FFFD. */
export const toText = (letters: string): string => lenient.decode(toBytes(letters));

/** The text of letters if their bytes are whole characters. */
export function toWholeText(letters: string): string | undefined {
  try {
    return whole.decode(toBytes(letters));
  } catch {
    return undefined;
  }
}

/**
 * GPT-2's first cut: an English ending behind an apostrophe; letters, digits or other signs, each with one space in
 * front if there is one; and white space, of which the last is left to the word that follows.
 */
const part = /'(?:[stmd]|re|ve|ll)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** A text in the parts that no piece reaches across; together they are the text. */
export const splitParts = (text: string): readonly string[] => text.match(part) ?? [];
