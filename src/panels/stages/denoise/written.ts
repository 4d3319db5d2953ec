import type { Chip } from '../../../figures/chips.ts';
import type { Vocabulary } from '../../../text/document.ts';
import type { Snapshot } from '../../../training/protocol.ts';
import { agreeing } from '../../lab/agreeing.ts';

/** A written text as chips: what departs from the original is marked. */
export const writtenChips = (
  original: readonly number[],
  written: readonly number[],
  { tokens, isSpecial }: Pick<Vocabulary, 'tokens' | 'isSpecial'>,
): readonly Chip[] => {
  const agrees = agreeing(original, written);
  return written.map((id, k) => ({
    token: tokens[id] ?? '?',
    special: isSpecial(id),
    mark: agrees[k] ? undefined : ('replaced' as const),
  }));
};

/**
 * Where the writer of token `at` looked in the source: mean over the heads of one layer's [1, heads, target, source].
 */
export function looksOf({ shape, data }: Snapshot, at: number, length: number): readonly number[] {
  const [, heads = 1, targets = 1, sources = 1] = shape;
  return Array.from({ length }, (_, j) => {
    let sum = 0;
    for (let head = 0; head < heads; head++) sum += data[(head * targets + at) * sources + j] ?? 0;
    return sum / heads;
  });
}
