import type { Chip } from '../figures/chips.ts';
import type { Vocabulary } from '../text/document.ts';
import { shownToken } from '../text/shown.ts';

/**
 * Which tokens of `written` are part of the longest common subsequence with `original`: the rest is what the writer
 * got wrong, however far it shifts what comes after. Wagner & Fischer 1974.
 */
export function agreeing(original: readonly number[], written: readonly number[]): readonly boolean[] {
  const width = written.length + 1;
  /** lengths[i · width + j]: of the longest common subsequence of what begins at i and at j. */
  const lengths = new Int32Array((original.length + 1) * width);
  for (let i = original.length - 1; i >= 0; i--)
    for (let j = written.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        original[i] === written[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  const agrees = written.map(() => false);
  for (let i = 0, j = 0; i < original.length && j < written.length; ) {
    if (original[i] === written[j]) {
      agrees[j] = true;
      i++;
      j++;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return agrees;
}

/** A written text as chips: what departs from the original is marked. */
export const writtenChips = (
  original: readonly number[],
  written: readonly number[],
  words: Pick<Vocabulary, 'tokens' | 'shown' | 'isSpecial'>,
): readonly Chip[] => {
  const agrees = agreeing(original, written);
  return written.map((id, k) => ({
    token: shownToken(words, id),
    special: words.isSpecial(id),
    mark: agrees[k] ? undefined : ('replaced' as const),
  }));
};

/**
 * Where the writer of token `at` looked in the source: mean over the heads of one layer's [1, heads, target, source].
 */
export function looksOf(
  { shape, data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
  at: number,
  length: number,
): readonly number[] {
  const [, heads = 1, targets = 1, sources = 1] = shape;
  return Array.from({ length }, (_, j) => {
    let sum = 0;
    for (let head = 0; head < heads; head++) sum += data[(head * targets + at) * sources + j] ?? 0;
    return sum / heads;
  });
}
