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

/** −ln(−ln u), with the published code's guard against u = 0 and u = 1. */
export const gumbel = (u: number): number => -Math.log(-Math.log(u + 1e-9) + 1e-9);

/**
 * A sample from softmax(logits / temperature) by the Gumbel-max rule: one uniform for each token of the vocabulary.
 * `without` is never sampled. Clark et al. 2020, `sample_from_softmax`.
 */
export function sampleFromLogits(
  logits: readonly number[],
  uniforms: readonly number[],
  { temperature = 1, without }: { readonly temperature?: number; readonly without?: number } = {},
): number {
  const sums = logits.map((logit, id) => (id === without ? logit - 1000 : logit) / temperature + gumbel(uniforms[id]!));
  return sums.indexOf(Math.max(...sums));
}
