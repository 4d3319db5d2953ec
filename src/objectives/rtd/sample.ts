/** What the discriminator sees and has to say. */
export interface Merged {
  readonly corrupted: readonly number[];
  /** 1 where the token is not the original one; a lucky guess is 0. */
  readonly replaced: readonly number[];
}

/**
 * Puts the generator's samples in their places: the k-th sample belongs to `positions[k]`. If a place was drawn more
 * than once, the last sample stands; in reference mode the ids are averaged as whole numbers, as in the published
 * code, so that a token may come out which nobody sampled. Clark et al. 2020, §2 and `_get_fake_data`.
 */
export function mergeSamples(
  original: readonly number[],
  positions: readonly number[],
  samples: readonly number[],
  mode: 'clean' | 'reference' = 'clean',
): Merged {
  const at = new Map<number, number[]>();
  positions.forEach((position, k) => {
    at.set(position, [...(at.get(position) ?? []), samples[k]!]);
  });
  const corrupted = original.map((id, position) => {
    const drawn = at.get(position);
    if (!drawn) return id;
    if (mode === 'clean') return drawn[drawn.length - 1]!;
    return Math.floor(drawn.reduce((sum, sample) => sum + sample, 0) / drawn.length);
  });
  return { corrupted, replaced: corrupted.map((id, position) => (id === original[position] ? 0 : 1)) };
}
