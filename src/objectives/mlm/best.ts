import type { Sighting } from '../../text/exact.ts';
import type { Bench, Judge } from '../best.ts';
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

/** The best reader of masked tokens: the exact posterior, weighed with what a scored place itself shows. */
export const judge: Judge = {
  sightings,
  tolls(bench) {
    const { labels } = bench.made.example;
    const seen = sightings(bench);
    const asked = labels.flatMap((label, position) => (label === IGNORE ? [] : [position]));
    let nats = 0;
    const peaks: [number, number][] = [];
    bench.scene.posteriors(seen, asked).forEach((posterior, k) => {
      const own = seen[asked[k]!];
      if (!posterior) return;
      const weigh = (p: number, id: number) =>
        own === null || own === undefined || typeof own === 'number' ? p : p * own[id]!;
      const weighed = posterior.map(weigh);
      const total = weighed.reduce((sum, p) => sum + p, 0);
      const truth = labels[asked[k]!]!;
      nats -= Math.log(weighed[truth]! / total);
      peaks.push([asked[k]!, Math.max(...weighed) / total]);
    });
    return peaks.length < asked.length ? undefined : { mlm: { nats, places: peaks.length, peaks } };
  },
};
