import { AppError } from '../../core/errors.ts';
import { createTurns, type Progress, type Turns } from '../../core/turns.ts';
import { bertSpecials } from '../vocabulary.ts';
import { createJoiner } from './byte-merges.ts';
import { byteLetters, splitParts, toLetters } from './byte-spelling.ts';
import type { Joined, Model } from './learned.ts';
import { createPairMerger } from './pair-merger.ts';

/** The special tokens, and a token for each byte. */
export const leastSize = bertSpecials.length + byteLetters.length;

/** A longer part has no share in what is learned: merging within it takes time that grows with the square of it. */
const longestLearned = 1000;

/** How often each part stands in a text, line by line as they are encoded, in the order of first appearance. */
async function countParts(text: string, onProgress: Progress, turns: Turns): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let read = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') for (const part of splitParts(` ${line}`)) counts.set(part, (counts.get(part) ?? 0) + 1);
    read += line.length + 1;
    onProgress(Math.min(read, text.length), text.length);
    await turns();
  }
  return counts;
}

/**
 * Learns a vocabulary of at most `size` tokens from a text: the special ones, ids 0 … 4; every byte; and then the most
 * frequent pair of neighbours made one, again and again: Radford et al. 2019, §2.2. Of equally frequent pairs the one
 * with the smaller ids comes first. Throws `AppError('bad-option', …, 'vocabSize')` where not all bytes have room.
 */
export async function trainBytes(
  text: string,
  size: number,
  onProgress: Progress = () => undefined,
  turns: Turns = createTurns(),
): Promise<Model> {
  if (size < leastSize) {
    const message = `Byte pieces need a vocabulary of at least ${leastSize} tokens, one for each of the 256 bytes and ${bertSpecials.length} special ones; it is ${size}. Choose a larger one.`;
    throw new AppError('bad-option', message, 'vocabSize');
  }
  const parts = await countParts(text, (done, of) => onProgress(done, 2 * of), turns);
  const tokens: string[] = [...bertSpecials, ...byteLetters];
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const spell = (part: string) => Array.from(toLetters(part), (letter) => ids.get(letter)!);
  const words: number[][] = [];
  const wordCounts: number[] = [];
  for (const [part, count] of parts) {
    if (part.length <= longestLearned) {
      words.push(spell(part));
      wordCounts.push(count);
    }
    if (words.length % 512 === 0) await turns();
  }
  const merges: Joined[] = [];
  const merger = await createPairMerger(words, wordCounts, turns);
  while (tokens.length < size) {
    const merge = merger.next();
    if (merge === undefined) break;
    const joined = tokens[merge.left]! + tokens[merge.right]!;
    let id = ids.get(joined);
    if (id === undefined) {
      id = tokens.length;
      ids.set(joined, id);
      tokens.push(joined);
    }
    merges.push([merge.left, merge.right]);
    await merger.apply(merge, id);
    if (tokens.length % 16 === 0) onProgress(size + tokens.length, 2 * size);
    await turns();
  }
  const counts = tokens.map(() => 0);
  const join = createJoiner(tokens, merges, (token) => ids.get(token));
  for (const [part, count] of parts) for (const id of join(spell(part))) counts[id]! += count;
  onProgress(1, 1);
  return { tokens, counts, merges };
}
