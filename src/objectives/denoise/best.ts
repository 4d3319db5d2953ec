import type { Bench, Judge, Toll } from '../best.ts';
import type { DenoiseDraws } from './index.ts';
import { type DenoiseOptions, longestInSentence } from './options.ts';

/** P(a span of this length at its place | a sentence of that length), as `spanEachSentence` draws it. */
const share = (span: number, sentence: number): number => {
  const longest = Math.min(longestInSentence, sentence);
  return span > longest ? 0 : 1 / longest / (sentence - span + 1);
};

/** Sentences put back in order: −ln P(the order they were told in | the order seen), for all tokens together. */
function orderToll({ made, exact }: Bench): Toll | undefined {
  const scene = exact.read(made.example.inputIds, 'shuffled');
  const orders = scene?.hypotheses(made.example.inputIds);
  if (!scene || !orders) return undefined;
  const told = exact.read(made.sequence.ids)?.logProbability(made.sequence.ids);
  if (told === undefined) return undefined;
  const all = scene.logProbability(made.example.inputIds) + Math.log(orders.length);
  return { nats: all - told, places: made.example.labels.length };
}

/** Spans filled in, their lengths unknown. */
function infillToll({ made, exact }: Bench): Toll | undefined {
  const { steps } = made.noise as DenoiseDraws;
  const spans = steps.flatMap((step) =>
    step.kind === 'span' ? [{ start: step.positions[0]!, length: step.positions.length }] : [],
  );
  const nats = exact.infillNats(made.sequence.ids, spans, share);
  return nats === undefined ? undefined : { nats, places: made.example.labels.length };
}

/**
 * The best writer, where the sums can be done: sentences shuffled and nothing else, or one span a sentence and nothing
 * else. In nats an output token, the frame included, as the loss is taken.
 */
export const judge: Judge = {
  tolls(bench) {
    const options = bench.options as unknown as DenoiseOptions;
    if (bench.relation !== 'consecutive' || options.mode !== 'clean' || options.randomShare > 0) return undefined;
    const { permuteShare, maskRate, deleteRate, infillRate, insertRate, rotateRate } = options;
    if (maskRate + deleteRate + insertRate + rotateRate > 0) return undefined;
    if (permuteShare === 1 && infillRate === 0) return named(orderToll(bench));
    if (permuteShare === 0 && infillRate > 0 && options.spans === 'sentence') return named(infillToll(bench));
    return undefined;
  },
};

const named = (toll: Toll | undefined): Readonly<Record<string, Toll>> | undefined => toll && { denoise: toll };
