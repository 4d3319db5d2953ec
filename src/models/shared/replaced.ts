import { binaryCrossEntropy, crossEntropy } from '../../nn/losses.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch, Context, Outputs } from '../architecture.ts';
import { sumLosses } from './heads.ts';
import { replacedWeights } from './replaced-spec.ts';
import { sampleTokens, spread, uniform } from './sample.ts';
import { showing } from './tap.ts';

/** Of the chosen places so many are shown to the generator as [MASK], the others as they are; the published code. */
const maskShare = 0.85;

/** Less than a fraction of a place's average, more than what 32 bits lose of it. */
const rounding = 0.03;

/** The two networks of a replaced-token model, each from ids [batch, seq]; where one has no weights it is absent. */
export interface Networks {
  /** Guesses at the scored places: [slots, vocab], or [batch, seq, vocab] where no places are chosen. */
  readonly fill: ((ids: Tensor) => Tensor) | undefined;
  /** The verdict on every token, as the logit of "replaced": [batch, seq]. */
  readonly judge: ((ids: Tensor) => Tensor) | undefined;
}

/** What is read of a configuration besides its networks. */
export interface ReplacedConfig {
  readonly maskId: number;
  /** How much its loss weighs. */
  readonly discriminatorWeight: number;
  /** Whether it learns from its verdicts on all tokens; else only at the chosen places. Absent: on all. */
  readonly judgesAll?: boolean;
}

/** Every network that is there reads the ids as they are. */
function read({ fill, judge }: Networks, ids: Tensor): Outputs {
  const logits: Record<string, Tensor> = {};
  if (fill) logits['generator.logits'] = fill(ids);
  if (judge) logits['discriminator.logits'] = judge(ids);
  return { losses: {}, logits };
}

/** What the generator sees at the chosen places: [MASK], or now and then the original. labels [slots] → [slots]. */
function showMasks(labels: Tensor, maskId: number, { rng }: Context): Tensor {
  const draws = uniform(labels.size, rng.fork('generator mask'));
  const hidden = tf.tensor1d(draws.map((u) => Number(u < maskShare)));
  return tf.add(tf.mul(hidden, maskId), tf.mul(tf.sub(1, hidden), labels));
}

/**
 * Clark et al. 2020, §2: the generator fills in the chosen places, one sample each replaces the original, and the
 * discriminator judges every token. No gradient passes the sample. Where no places are chosen, both only read.
 */
export function replacedTokens(
  { fill, judge }: Networks,
  config: ReplacedConfig,
  batch: Batch,
  context: Context,
): Outputs {
  const { ids, keep, positions, labels, weights } = batch;
  if (!positions || !labels || !weights || !fill || !judge) return read({ fill, judge }, ids);

  const shares = batch.shares ?? weights;
  /** Values at the chosen places, one that was chosen twice has the mean, 0 elsewhere: [slots] → [batch · seq]. */
  const at = (values: Tensor) => spread(positions, tf.mul(values, shares), ids.size);
  const rest = tf.mul(tf.reshape(tf.cast(ids, 'float32'), [-1]), tf.sub(1, at(weights)));
  /** The ids with other ones at the chosen places: values [slots] → [batch, seq]. */
  const insert = (values: Tensor) => {
    const sum = tf.add(rest, at(values));
    // Averages are cut to whole numbers, as published; thirds may add up to a little less than one.
    return tf.reshape(tf.cast(batch.shares ? tf.add(sum, rounding) : sum, 'int32'), ids.shape);
  };

  const shown = batch.generatorIds ?? insert(showMasks(labels, config.maskId, context));
  const guesses = fill(shown);

  const sampled = sampleTokens(guesses, context.rng.fork('generator sample'));
  const corrupted = insert(sampled);
  // A lucky guess is the original.
  const put = batch.shares ? tf.gather(tf.reshape(corrupted, [-1]), positions) : sampled;
  const replaced = at(tf.cast(tf.notEqual(put, labels), 'float32'));
  context.tap?.see('corrupted', corrupted);
  showing(context, 'replaced')?.(tf.reshape(replaced, ids.shape));
  const verdicts = judge(corrupted);

  // Clark et al. 2020, §3.4, "ELECTRA 15 %". Whatever it learned from, it is judged on all tokens.
  const isNarrow = config.judgesAll === false && context.training;
  const truth = { labels: replaced, weights: isNarrow ? at(weights) : tf.reshape(keep, [-1]) };
  const mlm = crossEntropy(guesses, labels, weights);
  const rtd = binaryCrossEntropy(tf.reshape(verdicts, [-1]), truth.labels, truth.weights);
  return {
    ...sumLosses({ mlm, rtd }, replacedWeights(config)),
    logits: { 'generator.logits': guesses, 'discriminator.logits': verdicts },
    truths: { rtd: truth },
  };
}
