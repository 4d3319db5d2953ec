import type { Bench, Judge, Toll } from '../best.ts';
import type { DenoiseDraws } from './index.ts';
import { type DenoiseOptions, longestInSentence } from './options.ts';
import { hiddenSpans } from './steps.ts';

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
  const nats = exact.infillNats(made.sequence.ids, hiddenSpans(made.noise as DenoiseDraws), share);
  return nats === undefined ? undefined : { nats, places: made.example.labels.length };
}

/** The noises that can be summed over, each alone; undefined where others come with them. */
function alone({
  options,
  relation,
}: Bench): Pick<DenoiseOptions, 'permuteShare' | 'infillRate' | 'spans'> | undefined {
  const { mode, spans, permuteShare, infillRate, ...rates } = options as unknown as DenoiseOptions;
  const { maskRate, deleteRate, insertRate, rotateRate, randomShare } = rates;
  const others = maskRate + deleteRate + insertRate + rotateRate + randomShare;
  return relation === 'consecutive' && mode === 'clean' && others === 0
    ? { permuteShare, infillRate, spans }
    : undefined;
}
function isShuffledOnly(bench: Bench): boolean {
  const noise = alone(bench);
  return noise?.permuteShare === 1 && noise.infillRate === 0;
}
function isOneSpanEach(bench: Bench): boolean {
  const noise = alone(bench);
  return noise?.permuteShare === 0 && noise.infillRate > 0 && noise.spans === 'sentence';
}

/** P(a span | what is seen) = P(all spans | what is seen) ÷ P(the other spans | what is seen and this one). */
function spanPosteriors(bench: Bench): readonly number[] | undefined {
  if (!isOneSpanEach(bench)) return undefined;
  const { made, exact } = bench;
  const spans = hiddenSpans(made.noise as DenoiseDraws);
  const natsOf = (some: typeof spans) => (some.length === 0 ? 0 : exact.infillNats(made.sequence.ids, some, share));
  const all = natsOf(spans);
  const others = spans.map((span) => natsOf(spans.filter((one) => one !== span)));
  if (all === undefined || others.includes(undefined)) return undefined;
  return others.map((nats) => Math.exp(nats! - all));
}

/**
 * The best writer, where the sums can be done: sentences shuffled and nothing else, or one span a sentence and nothing
 * else. In nats an output token, the frame included, as the loss is taken.
 */
export const judge: Judge = {
  tolls(bench) {
    if (isShuffledOnly(bench)) return named(orderToll(bench));
    return isOneSpanEach(bench) ? named(infillToll(bench)) : undefined;
  },
  spanPosteriors,
};

const named = (toll: Toll | undefined): Readonly<Record<string, Toll>> | undefined => toll && { denoise: toll };
