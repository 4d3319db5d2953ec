// What the best judge of replaced tokens could know: Clark et al. 2020 (ELECTRA), §2, with exact probabilities.
import type { Rng } from '../core/rng.ts';
import type { Scene, Sighting } from './exact.ts';

/** How likely the noise puts the id at the position. */
export type Noise = (id: number, position: number) => number;

/**
 * The sighting of each token if it was left alone, or with probability `rate` replaced by a draw from `noise`, which
 * does not depend on the text.
 */
export function noisySightings(
  seen: readonly number[],
  rate: number,
  noise: Noise,
  vocabularySize: number,
): readonly Sighting[] {
  return seen.map((id, position) => {
    const drawn = rate * noise(id, position);
    const likelihoods = new Float64Array(vocabularySize).fill(drawn);
    likelihoods[id] = 1 - rate + drawn;
    return likelihoods;
  });
}

/**
 * P(the original is another token | the whole noisy text) for each position asked; undefined where the grammar has no
 * token. The noise does not look at the text: unigram, uniform.
 */
export function replacedByNoise(
  scene: Scene,
  seen: readonly number[],
  rate: number,
  noise: Noise,
  vocabularySize: number,
  positions: readonly number[],
): readonly (number | undefined)[] {
  const sightings = noisySightings(seen, rate, noise, vocabularySize);
  return scene.posteriors(sightings, positions).map((posterior, i) => {
    if (posterior === undefined) return undefined;
    const id = seen[positions[i]!]!;
    const drawn = rate * noise(id, positions[i]!);
    const kept = (1 - rate + drawn) * posterior[id]!;
    return 1 - kept / (kept + drawn * (1 - posterior[id]!));
  });
}

/** What one more draw might have shown: finitely many draws never make sure that a token was left alone. */
const doubtLeft = 0.01;

/**
 * The same for the hardest noise there is: each position is hidden with probability `rate`, and a perfect generator
 * fills all hidden ones together from their exact posterior. Filling again what was filled leads back with the same
 * probability, so the original is to the seen text what the seen text is to the original: P(replaced at i) = rate · E[1
 * − P(seen i | what is not hidden)] over what else is hidden, averaged over `draws`.
 */
export function replacedByPerfectGenerator(
  scene: Scene,
  seen: readonly number[],
  rate: number,
  rng: Rng,
  draws: number,
  positions: readonly number[],
): readonly (number | undefined)[] {
  const doubts = positions.map((): number | undefined => 0);
  for (let draw = 0; draw < draws; draw++) {
    const visible = seen.map((id) => (rng.next() < rate ? null : id));
    scene.posteriors(visible, positions).forEach((posterior, i) => {
      const sum = doubts[i];
      if (sum === undefined) return;
      doubts[i] = posterior === undefined ? undefined : sum + 1 - posterior[seen[positions[i]!]!]!;
    });
  }
  return doubts.map((sum) => (sum === undefined ? undefined : (rate * (sum + doubtLeft)) / (draws + 1)));
}
