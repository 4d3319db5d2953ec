import { createTurns, type Progress, type Turns } from '../../core/turns.ts';
import { bertSpecials, continuation } from '../vocabulary.ts';
import { alphabet, piecesToKnow } from './alphabet.ts';
import type { Model } from './learned.ts';
import { createPairMerger } from './pair-merger.ts';
import { piecesOf, splitWord } from './pieces.ts';
import { countWords } from './words.ts';

/** Below this share of unknown words there is nothing to say about the vocabulary. */
const bearable = 0.01;

/**
 * Learns a vocabulary of at most `size` tokens from a text, special tokens included: ids 0 … 4. If every distinct word
 * fits, each is one token. Otherwise the most frequent pair of pieces becomes a piece until the vocabulary is full.
 * Departs from Schuster & Nakajima 2012, which merge by likelihood: counts, as in the Hugging Face trainer, cut far
 * fewer words at these sizes.
 */
export async function trainWordpiece(
  text: string,
  size: number,
  onProgress: Progress = () => undefined,
  turns: Turns = createTurns(),
): Promise<Model> {
  // Counting the words takes about as long as merging them: half of the way each.
  const words = await countWords(text, (done, of) => onProgress(done, 2 * of), turns);
  const room = size - bertSpecials.length;
  const learned = await learnPieces(words, room, (done, of) => onProgress(of + done, 2 * of), turns);
  const tokens = [...bertSpecials, ...learned];
  const pieces = piecesOf(tokens);
  const counts = tokens.map(() => 0);
  const unknown = tokens.indexOf('[UNK]');
  let cut = 0;
  let met = 0;
  for (const [word, count] of words) {
    for (const piece of splitWord(word, pieces) ?? [unknown]) counts[piece]! += count;
    met += count;
    if (++cut % 512 === 0) await turns();
  }
  const isBearable = counts[unknown]! <= bearable * met;
  const enough = isBearable ? 0 : bertSpecials.length + (await piecesToKnow(words, bearable, turns));
  onProgress(1, 1);
  return { tokens, counts, enough: enough > size ? enough : undefined };
}

/**
 * A longer word has no part in what is learned. It could not be encoded anyway, and merging within it takes time that
 * grows with the square of its length.
 */
const longestLearned = 1000;

/** At most `size` pieces, special tokens not counted, from how often each word stands in the text. */
async function learnPieces(
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
