import { AppError } from '../../core/errors.ts';
import type { Activation } from '../../nn/layers.ts';
import {
  type ConfigOf,
  type Field,
  flagField,
  layerFields,
  realField,
  startFields,
  wholeField,
} from '../shared/config-fields.ts';
import { word } from '../shared/config-json.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';

/** What a file says and we cannot do. */
export const refuse = (name: string, sentence: string): never => {
  throw new AppError('bad-file', sentence, name);
};

/** −1, as the file writes "none", is 0 here. */
const countOrNone = (name: string): Field<number> => ({
  name,
  read: (json) => Math.max(0, wholeField(name, -1, -1).read(json)),
});

/** A convolution over an odd number of tokens, as the neighbours on either side; 0: there is none. */
const reachField: Field<number> = {
  name: 'conv_kernel_size',
  read(json) {
    const size = Math.max(0, wholeField('conv_kernel_size', 0, -1).read(json));
    if (size === 0) return 0;
    if (size % 2 === 1 && size > 1) return (size - 1) / 2;
    return refuse(
      'conv_kernel_size',
      `config.json says "conv_kernel_size": ${size}, but a convolution beside the first layer spans 3, 5, 7 … tokens. Correct the file or choose another model.`,
    );
  },
};

const normField: Field<boolean> = {
  name: 'norm_rel_ebd',
  read: (json) => word(json, 'norm_rel_ebd', 'none', ['none', 'layer_norm']) === 'layer_norm',
};

const convActivationField: Field<Activation> = {
  name: 'conv_act',
  read: (json) => word(json, 'conv_act', 'tanh', ['tanh', 'gelu', 'gelu_new', 'relu']),
};

/** Defaults are those of `DebertaConfig`, and of `DebertaV2Config` where the first has no such entry. */
export const fields = {
  vocabSize: wholeField('vocab_size', 50265),
  ...layerFields,
  /** Rows of the position table, and the farthest distance unless `radius` says another. */
  maxLength: wholeField('max_position_embeddings', 512),
  ...startFields,
  segments: wholeField('type_vocab_size', 0, 0),
  epsilon: realField('layer_norm_eps', 1e-7),
  /** Distances beyond it count as it; 0: as far as a text may be long. */
  radius: countOrNone('max_relative_positions'),
  /** v2: far distances share rows, as many on either side in all; 0: each has its own. */
  buckets: countOrNone('position_buckets'),
  /** v2: the maps of contents serve distances as well. */
  sharedKeys: flagField('share_att_key', false),
  /** v2: a norm behind the table of distances. */
  normedDistances: normField,
  /** v2: neighbours on either side that a convolution beside the first layer sees; 0: there is none. */
  reach: reachField,
  convActivation: convActivationField,
  /** Whether the head goes by the newer class's names or by those of the published weights. */
  legacy: flagField('legacy', true),
};

/** Where absolute places are heard: in the input, in the mask decoder, or nowhere. */
export type Places = 'input' | 'decoder' | 'none';

export interface DebertaConfig extends ConfigOf<typeof fields> {
  /** The two generations of its attention, which are two classes of the reference. */
  readonly version: 'v1' | 'v2';
  /** Terms of a score: content to content, content to position, position to content. He et al. 2021, eq. 4. */
  readonly c2c: boolean;
  readonly c2p: boolean;
  readonly p2c: boolean;
  readonly places: Places;
  readonly positions: PositionStart;
}
