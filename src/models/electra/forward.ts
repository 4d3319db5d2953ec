import type { Params } from '../../nn/init.ts';
import { type Activation, type LinearParams, linear } from '../../nn/layers.ts';
import { binaryCrossEntropy, crossEntropy } from '../../nn/losses.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch, Context, Forward, Outputs } from '../architecture.ts';
import { embedInput, encode } from '../shared/encoder.ts';
import type { embeddings } from '../shared/encoder-spec.ts';
import { scored, tokenHead } from '../shared/heads.ts';
import { sampleTokens, spread, uniform } from './sample.ts';
import type { ElectraConfig, ElectraParts, Empty } from './spec.ts';

type Weights = Params<ElectraParts>;
type Part = keyof ElectraParts;
type Tables = Params<ReturnType<typeof embeddings>>;

/** Of the chosen places so many are shown to the generator as [MASK], the others as they are; the published code. */
const maskShare = 0.85;

/** The generator's head is fixed to the exact gelu, whatever the configuration says; its discriminator's is not. */
const generatorActivation: Activation = 'gelu';

const hasMap = (map: LinearParams | Empty): map is LinearParams => 'weight' in map;

/** A part's own tables, or the discriminator's where they are shared. */
function tablesOf(params: Weights, part: Part): Tables {
  const own = params[part].electra.embeddings;
  return ('word_embeddings' in own ? own : params.discriminator.electra.embeddings) as Tables;
}

/** One network's body: ids [batch, seq] → [batch, seq, hidden]. */
function hiddenOf(
  part: Part,
  params: Weights,
  config: ElectraConfig,
  ids: Tensor,
  batch: Batch,
  context: Context,
): Tensor {
  const { electra } = params[part];
  const { segments, keep } = batch;
  const options = { ...config, ...config[part], mask: { keep }, prefix: `${part}.` };
  const embedded = embedInput(tablesOf(params, part), ids, segments, options, context);
  const map = electra.embeddings_project;
  const x = hasMap(map) ? linear(embedded, map) : embedded;
  return encode(x, electra.encoder.layer, options, context);
}

/** Logits of the generator: [slots, vocab], or [batch, seq, vocab] where no places are chosen. */
function fill(params: Weights, config: ElectraConfig, ids: Tensor, batch: Batch, context: Context): Tensor {
  const x = scored(hiddenOf('generator', params, config, ids, batch, context), batch);
  const tied = {
    weight: tablesOf(params, 'generator').word_embeddings.weight,
    bias: params.generator.generator_lm_head.bias,
  };
  return tokenHead(x, params.generator.generator_predictions, tied, generatorActivation, config.epsilon);
}

/** The discriminator's verdict on every token, as the logit of "replaced": ids [batch, seq] → [batch, seq]. */
function judge(params: Weights, config: ElectraConfig, ids: Tensor, batch: Batch, context: Context): Tensor {
  const { dense, dense_prediction: verdict } = params.discriminator.discriminator_predictions;
  const x = hiddenOf('discriminator', params, config, ids, batch, context);
  return tf.reshape(linear(linear(x, dense, config.activation), verdict), ids.shape);
}

/** Every network that is there reads the ids as they are. */
function read(params: Weights, config: ElectraConfig, batch: Batch, context: Context): Outputs {
  const logits: Record<string, Tensor> = {};
  if (params.generator) logits['generator.logits'] = fill(params, config, batch.ids, batch, context);
  if (params.discriminator) logits['discriminator.logits'] = judge(params, config, batch.ids, batch, context);
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
export const forward: Forward<ElectraConfig, ElectraParts> = (params, config, batch, context) => {
  const { ids, keep, positions, labels, weights } = batch;
  if (!positions || !labels || !weights) return read(params, config, batch, context);

  const at = (values: Tensor) => spread(positions, tf.mul(values, weights), ids.size);
  const rest = tf.mul(tf.reshape(tf.cast(ids, 'float32'), [-1]), tf.sub(1, at(weights)));
  /** The ids with other ones at the chosen places: values [slots] → [batch, seq]. */
  const insert = (values: Tensor) => tf.reshape(tf.cast(tf.add(rest, at(values)), 'int32'), ids.shape);

  const shown = batch.generatorIds ?? insert(showMasks(labels, config.maskId, context));
  const guesses = fill(params, config, shown, batch, context);

  const sampled = sampleTokens(guesses, context.rng.fork('generator sample'));
  const corrupted = insert(sampled);
  // A lucky guess is the original.
  const replaced = at(tf.cast(tf.notEqual(sampled, labels), 'float32'));
  context.tap?.('corrupted', corrupted);
  context.tap?.('replaced', tf.reshape(replaced, ids.shape));
  const verdicts = judge(params, config, corrupted, batch, context);

  const truth = { labels: replaced, weights: tf.reshape(keep, [-1]) };
  const mlm = crossEntropy(guesses, labels, weights);
  const rtd = binaryCrossEntropy(tf.reshape(verdicts, [-1]), truth.labels, truth.weights);
  return {
    loss: tf.add(mlm, tf.mul(config.discriminatorWeight, rtd)),
    losses: { mlm, rtd },
    logits: { 'generator.logits': guesses, 'discriminator.logits': verdicts },
    truths: { rtd: truth },
  };
};
