import type { Params } from '../../nn/init.ts';
import { type Activation, type LinearParams, linear } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch, Context, Forward } from '../architecture.ts';
import { embedInput, encode } from '../shared/encoder.ts';
import type { embeddings } from '../shared/encoder-spec.ts';
import { scored, tokenHead } from '../shared/heads.ts';
import { replacedTokens } from '../shared/replaced.ts';
import type { ElectraConfig } from './config.ts';
import type { ElectraParts, Empty } from './spec.ts';

type Weights = Params<ElectraParts>;
type Part = keyof ElectraParts;
type Tables = Params<ReturnType<typeof embeddings>>;

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

/** Clark et al. 2020, §2: a small encoder fills in, a larger one judges; see `replacedTokens`. */
export const forward: Forward<ElectraConfig, ElectraParts> = (params, config, batch, context) =>
  replacedTokens(
    {
      fill: params.generator && ((ids) => fill(params, config, ids, batch, context)),
      judge: params.discriminator && ((ids) => judge(params, config, ids, batch, context)),
    },
    config,
    batch,
    context,
  );
