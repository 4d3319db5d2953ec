import { createTurns, type Progress, type Turns } from '../../core/turns.ts';

// BERT's normaliser and first split, as the reference tokenizer does them: Devlin et al. 2019, released code.

/** Control, format, private and lone surrogate characters, but for white space; and the mark of a broken encoding. */
const unwanted = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]|\ufffd/gu;
const ideograph =
  /[\u{4e00}-\u{9fff}\u{3400}-\u{4dbf}\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b820}-\u{2ceaf}\u{f900}-\u{faff}\u{2f800}-\u{2fa1f}]/gu;
/** Every ASCII symbol counts as punctuation, `$` and `+` too. */
const word = /[!-/:-@[-`{-~\p{P}]|[^\s!-/:-@[-`{-~\p{P}]+/gu;
/** The same of a text without other letters: three times as fast. */
const asciiWord = /[!-/:-@[-`{-~]|[^\s!-/:-@[-`{-~]+/g;
const alone = new RegExp(`${ideograph.source}|[!-/:-@[-\`{-~\\p{P}]`, 'u');
const anIdeograph = new RegExp(ideograph.source, 'u');
const ascii = /^[\t\n\r -~]*$/;

/** Lower case without accents, one space around each ideograph, nothing that cannot be seen. */
function clean(text: string): string {
  return (
    text
      .replace(unwanted, '')
      .replace(ideograph, ' $& ')
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      // The reference lowers each character by itself, so a sigma at the end of a word is no exception.
      .replaceAll('\u03a3', '\u03c3')
      .toLowerCase()
  );
}

/** The words and single punctuation marks of a text, lower-cased and without accents. */
export function splitWords(text: string): string[] {
  return (ascii.test(text) ? text.toLowerCase().match(asciiWord) : clean(text).match(word)) ?? [];
}

/** Whether a character is a word by itself wherever it stands: an ideograph or a punctuation mark. */
export const standsAlone = (character: string): boolean => alone.test(character);

/** Whether some words of a text may have no space between them. */
export const hasIdeograph = (text: string): boolean => anIdeograph.test(text);

/** How often each word stands in a text, in the order of first appearance. */
export async function countWords(
  text: string,
  onProgress: Progress = () => undefined,
  turns: Turns = createTurns(),
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let read = 0;
  for (const part of inParts(text)) {
    for (const found of splitWords(part)) counts.set(found, (counts.get(found) ?? 0) + 1);
    read += part.length;
    onProgress(read, text.length);
    await turns();
  }
  return counts;
}

/** A text in parts of about 16,000 characters, each up to the end of a line or a space: no word is cut. */
function* inParts(text: string): Generator<string> {
  const gap = /[\n ]/g;
  let start = 0;
  while (start < text.length) {
    gap.lastIndex = start + 16_000;
    const near = gap.exec(text)?.index;
    const end = near === undefined ? text.length : near + 1;
    yield text.slice(start, end);
    start = end;
  }
}
