import type { Sighting } from '../../text/exact.ts';
import type { Bench, Guess, Judge } from '../best.ts';
import { IGNORE } from '../objective.ts';
import { ordinaryIds } from '../words.ts';
import type { MlmOptions } from './options.ts';

/**
 * How likely each original is where a scored place shows a token: it was kept, or it is one of the random ones.
 * [vocab]. Which places are scored is known, since the loss is taken there and nowhere else.
 */
function likelihoods(shown: number, bench: Bench): Float64Array {
  const { vocabulary } = bench;
  const { mode, count, maskShare, randomShare } = bench.options as unknown as MlmOptions;
  const keepShare = Math.max(0, 1 - maskShare - randomShare);
  const ordinary = ordinaryIds(vocabulary).length;
  const choices = mode === 'clean' ? ordinary - 1 : count === 'rounded' ? ordinary : vocabulary.size;
  const others = new Float64Array(vocabulary.size).fill(randomShare / choices);
  others[shown] = keepShare + (mode === 'clean' ? 0 : randomShare / choices);
  return others;
}

function sightings(bench: Bench): readonly Sighting[] {
  const { inputIds, labels } = bench.made.example;
  return inputIds.map((id, position) => {
    if (labels[position] === IGNORE) return id;
    return id === bench.vocabulary.maskId ? null : likelihoods(id, bench);
  });
}

/** The posterior of each place asked, weighed with what the place itself shows. */
function posteriors(bench: Bench): readonly Guess[] | undefined {
  const { labels } = bench.made.example;
  const seen = sightings(bench);
  const asked = labels.flatMap((label, place) => (label === IGNORE ? [] : [place]));
  const guesses = bench.scene.posteriors(seen, asked).flatMap((posterior, k): Guess[] => {
    const place = asked[k]!;
    const own = seen[place];
    if (!posterior) return [];
    const weigh = (p: number, id: number) =>
      own === null || own === undefined || typeof own === 'number' ? p : p * own[id]!;
    const weighed = posterior.map(weigh);
    const total = weighed.reduce((sum, p) => sum + p, 0);
    return [{ place, probabilities: weighed.map((p) => p / total) }];
  });
  return guesses.length < asked.length ? undefined : guesses;
}

/** The best reader of masked tokens: the exact posterior. */
export const judge: Judge = {
  sightings,
  posteriors,
  tolls(bench) {
    const guesses = posteriors(bench);
    if (!guesses) return undefined;
    const { labels } = bench.made.example;
    const nats = guesses.reduce((sum, { place, probabilities }) => sum - Math.log(probabilities[labels[place]!]!), 0);
    const peaks = guesses.map(({ place, probabilities }) => [place, Math.max(...probabilities)] as const);
    return { mlm: { nats, places: peaks.length, peaks } };
  },
};
