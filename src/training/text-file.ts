import type { Tokenizer } from '../text/document.ts';

/**
 * A text as a file that says exactly what documents were read: a sentence a line, a blank line between documents,
 * nothing else. `toDocuments` reads the same from it as from the text.
 */
export function textFile(text: string, tokenizer: Tokenizer): string {
  const documents = text
    .split(/\n[ \t\r]*\n\s*/)
    .map((document) => document.split('\n').filter((sentence) => tokenizer.encode(sentence).length > 0))
    .filter((sentences) => sentences.length > 0);
  return `${documents.map((sentences) => sentences.join('\n')).join('\n\n')}\n`;
}
