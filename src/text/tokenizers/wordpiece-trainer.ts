import { createTurns, type Progress, type Turns } from '../../core/turns.ts';
import { continuation } from '../vocabulary.ts';
import { alphabet } from './alphabet.ts';
import { createPairMerger } from './pair-merger.ts';

/**
 * A longer word has no part in what is learned. It could not be encoded anyway, and merging within it takes time that
 * grows with the square of its length.
 */
const longestLearned = 1000;

/** At most `size` pieces, special tokens not counted, from how often each word stands in the text. */
export async function learnPieces(
  words: ReadonlyMap<string, number>,
  size: number,
  onProgress: Progress = () => undefined,
  turns: Turns = createTurns(),
): Promise<string[]> {
  const learned = withoutEndless(words);
  return learned.size <= size ? wholeWords(learned, size, turns) : mergePieces(learned, size, onProgress, turns);
}

function withoutEndless(words: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  for (const word of words.keys()) {
    if (word.length > longestLearned) return new Map([...words].filter(([one]) => one.length <= longestLearned));
  }
  return words;
}

/** Every word, the commonest first; then single characters for words not met yet, while there is room. */
async function wholeWords(words: ReadonlyMap<string, number>, size: number, turns: Turns): Promise<string[]> {
  const inOrder = [...words].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
  const characters = (await alphabet(words, size - words.size, turns)).filter((piece) => !words.has(piece));
  return [...inOrder, ...characters];
}

/**
 * Single characters, and then the most frequent pair of neighbouring pieces made one, until there are `size` pieces.
 */
async function mergePieces(
  words: ReadonlyMap<string, number>,
  size: number,
  onProgress: Progress,
  turns: Turns,
): Promise<string[]> {
  const pieces = await alphabet(words, size, turns);
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const cut: number[][] = [];
  const counts: number[] = [];
  let spelled = 0;
  for (const [word, count] of words) {
    const symbols = spell(word).map((piece) => ids.get(piece));
    if (!symbols.includes(undefined)) {
      cut.push(symbols as number[]);
      counts.push(count);
    }
    if (++spelled % 512 === 0) await turns();
  }
  const merger = await createPairMerger(cut, counts, turns);
  while (pieces.length < size) {
    const merge = merger.next();
    if (merge === undefined) break;
    const joined = pieces[merge.left]! + pieces[merge.right]!.slice(continuation.length);
    let id = ids.get(joined);
    if (id === undefined) {
      id = pieces.length;
      ids.set(joined, id);
      pieces.push(joined);
    }
    await merger.apply(merge, id);
    if (pieces.length % 16 === 0) onProgress(pieces.length, size);
    await turns();
  }
  return pieces;
}

/** The characters of a word as pieces: `cat` is `c ##a ##t`. */
const spell = (word: string): string[] => [...word].map((character, i) => (i > 0 ? continuation : '') + character);
