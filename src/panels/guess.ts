import type { Rng } from '../core/rng.ts';
import { pack } from '../objectives/make.ts';
import type { Document, Vocabulary } from '../text/document.ts';
import type { Exact } from '../text/exact.ts';

/** A packed sentence with some of its words covered. */
export interface Puzzle {
  readonly ids: readonly number[];
  /** The covered positions, in order. */
  readonly holes: readonly number[];
}

/** What an exact reader, who sees what the player sees, makes of one hole. */
export interface Reading {
  /** The tokens it holds possible, most probable first. */
  readonly guesses: readonly { readonly id: number; readonly share: number }[];
  readonly truthShare: number;
  /** How many tokens are at least as probable as the truth. */
  readonly truthRank: number;
  /** e to the entropy: it is as undecided as among so many words, all equally likely. */
  readonly among: number;
}

/** Sentences of so many tokens are short enough to be overlooked and long enough to say something. */
const [shortest, longest] = [6, 30];

/** Whole words of letters: what a person can be asked for. */
function words(ids: readonly number[], { tokens, isSpecial, continues }: Vocabulary): readonly number[] {
  return ids.flatMap((id, i) => {
    const next = ids[i + 1];
    const isWhole = !isSpecial(id) && !continues(id) && (next === undefined || !continues(next));
    return isWhole && /\p{L}/u.test(tokens[id] ?? '') ? [i] : [];
  });
}

/** A sentence of the text with `count` words covered: one function word where there is one, the others content. */
export function drawPuzzle(
  documents: readonly Document[],
  vocabulary: Vocabulary,
  count: number,
  rng: Rng,
): Puzzle | undefined {
  const sentences = documents.flatMap((document) =>
    document.sentences.filter(({ length }) => length >= shortest && length <= longest),
  );
  if (sentences.length === 0) return undefined;
  const { ids } = pack({ a: sentences[rng.int(sentences.length)]! }, vocabulary);
  const found = words(ids, vocabulary);
  const drawn = rng.permutation(found.length).map((i) => found[i]!);
  const isContent = (position: number) => vocabulary.isContent(ids[position]!);
  const fixed = drawn.filter((position) => !isContent(position));
  const order = [...fixed.slice(0, 1), ...drawn.filter(isContent), ...fixed.slice(1)];
  return { ids, holes: order.slice(0, count).sort((a, b) => a - b) };
}

/** Whether a guess is the word that stood there; how it is spaced and capitalised is nobody's concern. */
export const isRight = (guess: string, truth: string): boolean => guess.trim().toLowerCase() === truth.toLowerCase();

/** What an exact reader makes of each hole; undefined where the text has no grammar that says this sentence. */
export function readHoles(
  exact: Exact | undefined,
  { ids, holes }: Puzzle,
  isSpecial: (id: number) => boolean,
): readonly Reading[] | undefined {
  const seen = ids.map((id, i) => (holes.includes(i) || isSpecial(id) ? null : id));
  const posteriors = exact?.read(ids)?.posteriors(seen, holes);
  if (!posteriors || posteriors.includes(undefined)) return undefined;
  return posteriors.map((posterior, h) => readingOf(posterior!, ids[holes[h]!]!));
}

/** What a belief about one hole comes to, held against the word that stood there. */
export function readingOf(belief: ArrayLike<number>, truth: number): Reading {
  const shares = Array.from(belief, (share, id) => ({ share, id }));
  const guesses = shares.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share || a.id - b.id);
  const truthShare = belief[truth] ?? 0;
  return {
    guesses,
    truthShare,
    // Sums of floating-point numbers: what is equally likely differs in its last digits.
    truthRank: guesses.filter(({ share }) => share >= truthShare * (1 - 1e-9)).length,
    among: Math.exp(guesses.reduce((sum, { share }) => sum - share * Math.log(share), 0)),
  };
}

/** In words, how far a hole can be known at all. */
export function knowable({ among, guesses }: Reading): string {
  if (among < 1.005) return 'it can be known for certain';
  const most = guesses[0]!.share;
  const even = guesses.every(({ share }) => share > most * (1 - 1e-9));
  return even
    ? `nobody can know it: ${guesses.length} words are equally likely`
    : `even an exact reader is undecided, as among ${among.toFixed(1)} words`;
}
