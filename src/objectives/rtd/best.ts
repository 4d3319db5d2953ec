import type { Sighting } from '../../text/exact.ts';
import { noisySightings, replacedByNoise, replacedByPerfectGenerator } from '../../text/replacement.ts';
import type { Bench, Judge, Toll } from '../best.ts';
import { IGNORE } from '../objective.ts';
import { type RtdOptions, slots } from './options.ts';
import { substitutesOf } from './substitutes.ts';

/** Fillings of other hidden places that a perfect generator's judge averages over. */
const fillings = 16;

/** The places that may be replaced, the share of them that is, and how probable each substitute is. */
function noiseOf({ made, options, vocabulary }: Bench) {
  const own = options as unknown as RtdOptions;
  const { ids } = made.sequence;
  const places = ids.flatMap((id, position) => (vocabulary.isSpecial(id) ? [] : [position]));
  const { chances } = substitutesOf(own, vocabulary);
  return {
    places,
    rate: Math.min(1, slots(own, ids.length) / places.length),
    noise: (id: number) => chances[id]!,
  };
}

/**
 * A verdict on every token of the row; special tokens are never replaced and cost nothing. Clark et al. 2020, eq. 3.
 */
function verdictToll(
  verdicts: readonly (number | undefined)[],
  replaced: readonly boolean[],
  length: number,
): Toll | undefined {
  let nats = 0;
  for (const [k, verdict] of verdicts.entries()) {
    if (verdict === undefined) return undefined;
    nats -= Math.log(replaced[k] ? verdict : 1 - verdict);
  }
  return { nats, places: length };
}

function sightings(bench: Bench): readonly Sighting[] {
  const { rate, noise, places } = noiseOf(bench);
  const seen = noisySightings(bench.made.example.inputIds, rate, noise, bench.vocabulary.size);
  const isPlace = new Set(places);
  return seen.map((sighting, position) => (isPlace.has(position) ? sighting : bench.made.sequence.ids[position]!));
}

/**
 * Three figures: `mlm`, the generator's own best loss; `rtd`, the best judge of the substitutes as drawn, that is by
 * word counts; `rtd-perfect`, the best judge of what a perfect generator would put there. A trained generator lies
 * between the last two.
 */
export const judge: Judge = {
  sightings,
  labels: { rtd: 'best, fakes by word counts', 'rtd-perfect': 'best, perfect fakes' },
  tolls(bench) {
    const { made, scene, vocabulary, rng } = bench;
    const { ids } = made.sequence;
    const { places, rate, noise } = noiseOf(bench);
    const asked = made.example.labels.flatMap((label, position) => (label === IGNORE ? [] : [position]));
    const hidden: (number | null)[] = ids.map((id, position) => (asked.includes(position) ? null : id));
    const posteriors = scene.posteriors(hidden, asked);
    if (posteriors.includes(undefined)) return undefined;
    const mlm = posteriors.reduce((sum, posterior, k) => sum - Math.log(posterior![ids[asked[k]!]!]!), 0);

    const { inputIds } = made.example;
    const byCounts = replacedByNoise(scene, inputIds, rate, noise, vocabulary.size, places);
    const filled = [...hidden];
    for (const position of asked) filled[position] = rng.pick([...scene.posteriors(filled, [position])[0]!]);
    const perfect = filled.map((id) => id!);
    const verdicts = replacedByPerfectGenerator(scene, perfect, rate, rng, fillings, places);

    const isReplaced = (row: readonly number[]) => places.map((position) => row[position] !== ids[position]);
    const rtd = verdictToll(byCounts, isReplaced(inputIds), ids.length);
    const hardest = verdictToll(verdicts, isReplaced(perfect), ids.length);
    return {
      mlm: { nats: mlm, places: asked.length },
      rtd,
      'rtd-perfect': hardest,
    };
  },
};
