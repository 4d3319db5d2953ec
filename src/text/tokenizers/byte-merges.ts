import type { Joined } from './learned.ts';

/** Below 2^21 tokens a pair is one exact number. */
const radix = 2 ** 21;

/** Joins the pieces of a part as they were joined in training. */
export type Joiner = (symbols: readonly number[]) => readonly number[];

/**
 * Again and again the pair that was learned first becomes one, wherever it stands: Sennrich et al. 2016, §3.2.
 * `idOf` gives the id of a token by its letters.
 */
export function createJoiner(
  tokens: readonly string[],
  merges: readonly Joined[],
  idOf: (token: string) => number | undefined,
): Joiner {
  const ranks = new Map<number, { readonly rank: number; readonly id: number }>();
  for (const [rank, [left, right]] of merges.entries())
    ranks.set(left * radix + right, { rank, id: idOf(tokens[left]! + tokens[right]!)! });
  return (symbols) => {
    let joined = symbols;
    for (;;) {
      let pair: number | undefined;
      let best = { rank: Number.POSITIVE_INFINITY, id: 0 };
      for (let i = 1; i < joined.length; i++) {
        const found = ranks.get(joined[i - 1]! * radix + joined[i]!);
        if (found === undefined || found.rank >= best.rank) continue;
        best = found;
        pair = joined[i - 1]! * radix + joined[i]!;
      }
      if (pair === undefined) return joined;
      const next: number[] = [];
      for (let i = 0; i < joined.length; i++) {
        const isPair = i + 1 < joined.length && joined[i]! * radix + joined[i + 1]! === pair;
        next.push(isPair ? best.id : joined[i]!);
        if (isPair) i++;
      }
      joined = next;
    }
  };
}
