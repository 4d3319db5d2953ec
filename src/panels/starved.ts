import type { Rng } from '../core/rng.ts';
import { roundHalfEven } from '../objectives/round.ts';

/** One in so many words is marked: the whole part of 1 ÷ 15 %. */
const every = 6;
const share = 0.15;

/** How DeBERTa chooses words: runs of `longest` at most, and whether marked runs are shuffled before they are cut. */
export interface Choosing {
  readonly longest: number;
  readonly isShuffled: boolean;
}

/** A stretch of words, and the run that was marked in it; words behind the end of the text are left out. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly marked: readonly number[];
}

export interface Chosen {
  readonly windows: readonly Window[];
  /** At most so many are asked for. */
  readonly budget: number;
  readonly asked: readonly number[];
}

/** Windows from the left: a run of n words, n in proportion to 1/n, somewhere in the next 6n. */
function windowsOf(words: number, longest: number, rng: Rng): readonly Window[] {
  const weights = Array.from({ length: longest }, (_, k) => 1 / (k + 1));
  const found: Window[] = [];
  let from = 0;
  while (from < words) {
    const n = rng.pick(weights) + 1;
    const size = Math.min(every * n, words - from);
    const first = from + rng.int(size);
    const marked = Array.from({ length: n }, (_, k) => first + k).filter((word) => word < words);
    const to = Math.max(from + size, first + n);
    found.push({ from, to: Math.min(to, words), marked });
    from = to;
  }
  return found;
}

/**
 * The words of a text that are asked for. He et al. 2021, App. A.3, as the published code has it: the marked words are
 * taken from the left until 15 % of all are, and the rest is dropped.
 */
export function chooseWords(words: number, { longest, isShuffled }: Choosing, rng: Rng): Chosen {
  const windows = windowsOf(words, longest, rng.fork('windows'));
  const budget = Math.max(1, roundHalfEven(share * words));
  const order = isShuffled ? rng.fork('order').permutation(windows.length) : windows.map((_, i) => i);
  const asked = order.flatMap((i) => windows[i]!.marked).slice(0, budget);
  return { windows, budget, asked: asked.sort((a, b) => a - b) };
}

/** The share of the words of each part of a text that are asked for, over many rows: a part an entry. */
export function ratesByPart(
  { rows, words, parts }: { readonly rows: number; readonly words: number; readonly parts: number },
  how: Choosing,
  rng: Rng,
): { readonly counts: readonly number[]; readonly rates: readonly number[] } {
  const counts = Array.from({ length: parts }, () => 0);
  for (let row = 0; row < rows; row++)
    for (const word of chooseWords(words, how, rng.fork(`row ${row}`)).asked)
      counts[Math.floor((word * parts) / words)]! += 1;
  return { counts, rates: counts.map((count) => (count * parts) / (rows * words)) };
}
