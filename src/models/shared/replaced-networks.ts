import type { Empty, TreeOf } from '../../core/params.ts';
import { type Activation, type LinearParams, linear, type NormParams } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch, Context } from '../architecture.ts';
import { type EncoderOptions, embedInput, type InputOptions } from './encoder.ts';
import type { embeddings } from './encoder-spec.ts';
import { scored, tokenHead } from './heads.ts';
import type { Networks } from './replaced.ts';

type Part = 'generator' | 'discriminator';
type Tables = TreeOf<ReturnType<typeof embeddings>, Tensor>;

/** Tables, which a part may read of the other, and a map where the widths differ. */
interface Body {
  readonly embeddings: Tables | Empty;
  readonly embeddings_project: LinearParams | Empty;
}

/** What stands on the bodies; a part that has no weights is absent. */
export interface Heads {
  readonly generator: {
    readonly generator_predictions: { readonly LayerNorm: NormParams; readonly dense: LinearParams };
    readonly generator_lm_head: { readonly bias: Tensor };
  };
  readonly discriminator: {
    readonly discriminator_predictions: { readonly dense: LinearParams; readonly dense_prediction: LinearParams };
  };
}

type Sizes = { readonly [P in Part]: Pick<EncoderOptions, 'heads'> };
type Common = Omit<EncoderOptions, 'heads' | 'mask' | 'prefix'> & Pick<InputOptions, 'padId'>;

const hasMap = (map: LinearParams | Empty): map is LinearParams => 'weight' in map;

/** The generator's head is fixed to the exact gelu, whatever the configuration says; its discriminator's is not. */
const generatorActivation: Activation = 'gelu';

/**
 * Two networks with ELECTRA's tables and heads, and layers of whatever kind: `layers` is told what goes into those of a
 * part, [batch, seq, hidden]. Clark et al. 2020, §2.
 */
export function networksOf(
  { generator, discriminator }: Heads,
  bodies: { readonly [P in Part]: Body | undefined },
  config: Common & Sizes,
  batch: Batch,
  context: Context,
  layers: (x: Tensor, part: Part, options: EncoderOptions) => Tensor,
): Networks {
  /** A part's own tables, or the discriminator's where they are shared. */
  function tablesOf(part: Part): Tables {
    const own = bodies[part]!.embeddings;
    return ('word_embeddings' in own ? own : bodies.discriminator!.embeddings) as Tables;
  }
  /** One network's body: ids [batch, seq] → [batch, seq, hidden]. */
  function hiddenOf(part: Part, ids: Tensor): Tensor {
    const options = { ...config, ...config[part], mask: { keep: batch.keep }, prefix: `${part}.` };
    const embedded = embedInput(tablesOf(part), ids, batch.segments, options, context);
    const map = bodies[part]!.embeddings_project;
    return layers(hasMap(map) ? linear(embedded, map) : embedded, part, options);
  }
  function fill(ids: Tensor): Tensor {
    const x = scored(hiddenOf('generator', ids), batch);
    const tied = { weight: tablesOf('generator').word_embeddings.weight, bias: generator.generator_lm_head.bias };
    return tokenHead(x, generator.generator_predictions, tied, generatorActivation, config.epsilon);
  }
  function judge(ids: Tensor): Tensor {
    const { dense, dense_prediction: verdict } = discriminator.discriminator_predictions;
    return tf.reshape(linear(linear(hiddenOf('discriminator', ids), dense, config.activation), verdict), ids.shape);
  }
  return { fill: generator && fill, judge: discriminator && judge };
}
