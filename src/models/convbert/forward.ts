import type { Params } from '../../nn/init.ts';
import { type LinearParams, linear } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch, Context, Forward } from '../architecture.ts';
import { embedInput } from '../shared/encoder.ts';
import type { embeddings } from '../shared/encoder-spec.ts';
import { scored, tokenHead } from '../shared/heads.ts';
import { replacedTokens } from '../shared/replaced.ts';
import type { ConvbertConfig } from './config.ts';
import { encodeMixed } from './layer.ts';
import { type ConvbertParts, type Empty, mixOf } from './spec.ts';

type Weights = Params<ConvbertParts>;
type Part = keyof ConvbertParts;
type Tables = Params<ReturnType<typeof embeddings>>;

const hasMap = (map: LinearParams | Empty): map is LinearParams => 'weight' in map;

/** A part's own tables, or the discriminator's where they are shared. */
function tablesOf(params: Weights, part: Part): Tables {
  const own = params[part].convbert.embeddings;
  return ('word_embeddings' in own ? own : params.discriminator.convbert.embeddings) as Tables;
}

/** One network's body: ids [batch, seq] → [batch, seq, hidden]. */
function hiddenOf(
  part: Part,
  params: Weights,
  config: ConvbertConfig,
  ids: Tensor,
  { segments, keep }: Batch,
  context: Context,
): Tensor {
  const { encoder, embeddings_project: map } = params[part].convbert;
  const options = { ...config, ...config[part], mask: { keep }, prefix: `${part}.` };
  const embedded = embedInput(tablesOf(params, part), ids, segments, options, context);
  const x = hasMap(map) ? linear(embedded, map) : embedded;
  return encodeMixed(x, encoder.layer, mixOf(config, config[part]), options, context);
}

/** Logits of the generator: [slots, vocab], or [batch, seq, vocab] where no places are chosen. */
function fill(params: Weights, config: ConvbertConfig, ids: Tensor, batch: Batch, context: Context): Tensor {
  const x = scored(hiddenOf('generator', params, config, ids, batch, context), batch);
  const tied = {
    weight: tablesOf(params, 'generator').word_embeddings.weight,
    bias: params.generator.generator_lm_head.bias,
  };
  // The reference fixes the exact gelu here, whatever the configuration says.
  return tokenHead(x, params.generator.generator_predictions, tied, 'gelu', config.epsilon);
}

/** The discriminator's verdict on every token, as the logit of "replaced": ids [batch, seq] → [batch, seq]. */
function judge(params: Weights, config: ConvbertConfig, ids: Tensor, batch: Batch, context: Context): Tensor {
  const x = hiddenOf('discriminator', params, config, ids, batch, context);
  const head = params.discriminator.discriminator_predictions;
  return tf.reshape(linear(linear(x, head.dense, config.activation), head.dense_prediction), ids.shape);
}

/** Jiang et al. 2020, §4.1: trained as ELECTRA is, generator and discriminator both with mixed attention. */
export const forward: Forward<ConvbertConfig, ConvbertParts> = (params, config, batch, context) =>
  replacedTokens(
    {
      fill: params.generator && ((ids) => fill(params, config, ids, batch, context)),
      judge: params.discriminator && ((ids) => judge(params, config, ids, batch, context)),
    },
    config,
    batch,
    context,
  );
