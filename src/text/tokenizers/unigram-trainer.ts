import { AppError } from '../../core/errors.ts';
import { createTurns, type Progress, type Turns } from '../../core/turns.ts';
import { bertSpecials } from '../vocabulary.ts';
import type { Model } from './learned.ts';
import { bestPath, type Scored } from './unigram-path.ts';
import { charactersOf, longestPiece, seedsOf, type Word, wordsOf } from './unigram-seeds.ts';
import { splitUnigram } from './unigram-spelling.ts';

/** The special tokens, a space, and a few characters to spell with. */
export const leastSize = bertSpecials.length + 8;

/** Rounds of estimating before each pruning; the share that a pruning keeps. Kudo 2018, §3.2, and its code. */
const rounds = 2;
const keptShare = 0.75;
/** Pruning ends at so many times the size; the most probable pieces of these are the vocabulary. */
const slack = 1.1;
/** A piece that is expected less often is dropped. */
const leastExpected = 0.5;

/** All ways that pieces fit into a word: triples of start, end and piece, by their starts. */
interface Lattice {
  readonly count: number;
  readonly length: number;
  readonly edges: Int32Array;
}

function latticeOf([characters, count]: Word, ids: ReadonlyMap<string, number>): Lattice {
  const edges: number[] = [];
  characters.forEach((_, start) => {
    let piece = '';
    for (let end = start; end < Math.min(characters.length, start + longestPiece); end++) {
      piece += characters[end];
      const id = ids.get(piece);
      if (id !== undefined) edges.push(start, end + 1, id);
    }
  });
  return { count, length: characters.length, edges: Int32Array.from(edges) };
}

const addLogs = (a: number, b: number): number => {
  if (a === Number.NEGATIVE_INFINITY) return b;
  if (b === Number.NEGATIVE_INFINITY) return a;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
};

/** Adds how often each piece is expected in a word, over all ways to cut it, weighted by their probabilities. */
function expect({ count, length, edges }: Lattice, scores: Float64Array, expected: Float64Array): void {
  const ahead = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY);
  const behind = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY);
  ahead[0] = 0;
  behind[length] = 0;
  for (let k = 0; k < edges.length; k += 3)
    ahead[edges[k + 1]!] = addLogs(ahead[edges[k + 1]!]!, ahead[edges[k]!]! + scores[edges[k + 2]!]!);
  const all = ahead[length]!;
  if (all === Number.NEGATIVE_INFINITY) return;
  for (let k = edges.length - 3; k >= 0; k -= 3) {
    const [start, end, id] = [edges[k]!, edges[k + 1]!, edges[k + 2]!];
    const path = scores[id]! + behind[end]!;
    behind[start] = addLogs(behind[start]!, path);
    expected[id]! += count * Math.exp(ahead[start]! + path - all);
  }
}

/** ψ(x): the expected logarithm of a probability seen so often, as variational Bayes has it. Error below 1e-9. */
function digamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 8; at++) shift -= 1 / at;
  const square = 1 / (at * at);
  return shift + Math.log(at) - 0.5 / at - square * (1 / 12 - square * (1 / 120 - square / 252));
}

/** One round of expectation and maximization; what is hardly expected is dropped, but for the first `fixed` pieces. */
async function estimate(lattices: readonly Lattice[], scores: Float64Array, fixed: number, turns: Turns) {
  const expected = new Float64Array(scores.length);
  for (const [i, lattice] of lattices.entries()) {
    expect(lattice, scores, expected);
    if (i % 256 === 255) await turns();
  }
  const often = expected.map((n, id) => (id < fixed ? Math.max(n, leastExpected) : n < leastExpected ? 0 : n));
  const whole = digamma(often.reduce((sum, n) => sum + n, 0));
  return often.map((n) => (n > 0 ? digamma(n) - whole : Number.NEGATIVE_INFINITY));
}

/** The pieces that are left, under their numbers. */
const leftOf = (pieces: readonly string[], scores: Float64Array): Scored => ({
  ids: new Map(pieces.flatMap((piece, id) => (scores[id]! > Number.NEGATIVE_INFINITY ? [[piece, id] as const] : []))),
  scores: [...scores],
  longest: longestPiece,
});

/** How often each piece stands in the text, every word cut in its most probable way. */
async function countPaths(words: readonly Word[], left: Scored, turns: Turns): Promise<Float64Array> {
  const counts = new Float64Array(left.scores.length);
  for (const [i, [characters, count]] of words.entries()) {
    for (const id of bestPath(characters.join(''), left, -1000)) if (id !== -1) counts[id]! += count;
    if (i % 256 === 255) await turns();
  }
  return counts;
}

/**
 * What the text becomes less probable without a piece: all places where it stands are cut in the next best way. The
 * code's approximation of Kudo 2018, §3.2, step (b).
 */
function lossWithout(piece: string, id: number, left: Scored, counts: Float64Array, sum: number): number {
  const often = counts[id]!;
  if (often === 0) return 0;
  const next = bestPath(piece, left, -1000, id);
  if (next.includes(-1)) return Number.POSITIVE_INFINITY;
  const sumThen = Math.log(sum + often * (next.length - 1));
  const then = next.reduce((logs, other) => logs + Math.log(counts[other]! + often) - sumThen, 0);
  return often * (Math.log(often) - Math.log(sum) - then);
}

/** Drops the pieces that the text misses least, until `most` are left; the first `fixed` stay. */
async function prune(
  words: readonly Word[],
  pieces: readonly string[],
  scores: Float64Array,
  { most, fixed }: { readonly most: number; readonly fixed: number },
  turns: Turns,
): Promise<void> {
  const left = leftOf(pieces, scores);
  const counts = await countPaths(words, left, turns);
  const sum = counts.reduce((all, n) => all + n, 0);
  const losses = [...left.ids].flatMap(([piece, id]) =>
    id < fixed ? [] : [{ id, loss: lossWithout(piece, id, left, counts, sum) }],
  );
  losses.sort((a, b) => b.loss - a.loss || a.id - b.id);
  for (const { id } of losses.slice(Math.max(0, most - fixed))) scores[id] = Number.NEGATIVE_INFINITY;
  await turns();
}

/** How often each word stands in a text, the sign of the space in front of it. */
async function countWords(text: string, onProgress: Progress, turns: Turns): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let read = 0;
  for (const line of text.split('\n')) {
    for (const word of splitUnigram(line)) counts.set(word, (counts.get(word) ?? 0) + 1);
    read += line.length + 1;
    onProgress(Math.min(read, text.length), text.length);
    await turns();
  }
  return counts;
}

/** As it is written to a file and read from one alike. */
const rounded = (score: number): number => Math.round(1e6 * score) / 1e6;

/**
 * Learns a vocabulary of at most `size` tokens from a text: the special ones, ids 0 … 4, and then pieces, the most
 * probable first. It begins with far too many, estimates how probable each is from all ways to cut the text, and drops
 * those that are missed least: Kudo 2018, §3.2. Every character keeps a piece, as far as there is room. Throws
 * `AppError('bad-option', …, 'vocabSize')` where there is none.
 */
export async function trainUnigram(
  text: string,
  size: number,
  onProgress: Progress = () => undefined,
  turns: Turns = createTurns(),
): Promise<Model> {
  if (size < leastSize) {
    const message = `Unigram pieces need a vocabulary of at least ${leastSize} tokens; it is ${size}. Choose a larger one.`;
    throw new AppError('bad-option', message, 'vocabSize');
  }
  const room = size - bertSpecials.length;
  const words = wordsOf(await countWords(text, (done, of) => onProgress(done, 2 * of), turns));
  const characters = charactersOf(words, room);
  const fixed = characters.length;
  const seeds = await seedsOf(words, characters, size, turns);
  const pieces = [...seeds.keys()];
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const lattices = words.map((word) => latticeOf(word, ids));
  const total = [...seeds.values()].reduce((sum, n) => sum + n, 0);
  let scores = Float64Array.from(seeds.values(), (n) => Math.log(Math.max(n, leastExpected) / total));
  const left = () => scores.reduce((n, score) => n + Number(score > Number.NEGATIVE_INFINITY), 0);
  const end = Math.ceil(slack * room);
  for (;;) {
    for (let round = 0; round < rounds; round++) scores = await estimate(lattices, scores, fixed, turns);
    const before = left();
    if (before <= end) break;
    const most = Math.max(end, Math.floor(keptShare * before));
    await prune(words, pieces, scores, { most, fixed }, turns);
    onProgress(2 * room - Math.min(room, left() - end), 2 * room);
  }
  const others = pieces.map((_, id) => id).filter((id) => id >= fixed && scores[id]! > Number.NEGATIVE_INFINITY);
  others.sort((a, b) => scores[b]! - scores[a]! || a - b);
  for (const id of others.slice(room - fixed)) scores[id] = Number.NEGATIVE_INFINITY;
  scores = await estimate(lattices, scores, fixed, turns);
  const chosen = pieces.map((_, id) => id).filter((id) => scores[id]! > Number.NEGATIVE_INFINITY);
  chosen.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const own = chosen.map((id) => rounded(scores[id]!));
  const tokens = [...bertSpecials, ...chosen.map((id) => pieces[id]!)];
  const model = { tokens, scores: [...bertSpecials.map(() => 0), ...own] };
  const known: Scored = {
    ids: new Map(tokens.map((token, id) => [token, id])),
    scores: model.scores,
    longest: longestPiece,
  };
  const counts = [...(await countPaths(words, known, turns))];
  onProgress(1, 1);
  return { ...model, counts };
}
