/** SentencePiece's sign for a space: what begins a word has it in front. Kudo and Richardson 2018, §3.2. */
export const spaceSign = '\u2581';

/** A text with one space between words and none around them, compatible characters made one (NFKC). */
const clean = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, ' ').trim();

/** The words of a text, each with the sign of the space in front of it; no piece reaches across. */
export function splitUnigram(text: string): readonly string[] {
  const spelled = clean(text).replaceAll(' ', spaceSign);
  if (spelled === '') return [];
  const whole = spelled.startsWith(spaceSign) ? spelled : spaceSign + spelled;
  return whole.match(/\u2581[^\u2581]*/gu) ?? [];
}

/** The text that pieces spell, without the space in front of the first. */
export const unsplit = (letters: string): string => letters.replaceAll(spaceSign, ' ').replace(/^ /, '');
