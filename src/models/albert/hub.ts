import { flatten } from '../../core/params.ts';
import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, must, word } from '../shared/config-json.ts';
import { type AlbertConfig, fields, shares } from './config.ts';
import { type AlbertParts, blueprint, groupsOf } from './spec.ts';

const isHalf = ({ share }: AlbertConfig): boolean => share === 'attention' || share === 'feedForward';

/** Names of layers behind the first that stand in the file with the numbers of the first, where half is shared. */
function copies(config: AlbertConfig): Readonly<Record<string, string>> {
  if (!isHalf(config)) return {};
  const own = new Set(flatten(blueprint.spec(config)).map(([name]) => name));
  const file = flatten(blueprint.spec({ ...config, share: 'none' })).map(([name]) => name);
  const first = (name: string) => name.replace(/(albert_layer_groups)\.\d+/, '$1.0');
  return Object.fromEntries(file.flatMap((name) => (own.has(name) ? [] : [[name, first(name)]])));
}

/** Its files as Hugging Face has them. */
export const hub: Hub<AlbertConfig, AlbertParts> = {
  classes: { model: 'AlbertForPreTraining' },
  variants: {
    AlbertForMaskedLM: { lacks: ['albert.pooler.', 'sop_classifier.'], outputs: { logits: 'prediction_logits' } },
  },
  tied: {
    'predictions.decoder.weight': 'albert.embeddings.word_embeddings.weight',
    'predictions.decoder.bias': 'predictions.bias',
  },
  copies,
  toConfig: (config) => ({
    architectures: ['AlbertForPreTraining'],
    model_type: 'albert',
    ...writeFields(fields, { ...config, groups: groupsOf(config) }),
    bos_token_id: 2,
    eos_token_id: 3,
    tie_word_embeddings: true,
    dtype: 'float32',
    // Not a field of the reference, which keeps what it does not know; there every layer has a set of its own.
    ...(isHalf(config) && { shared_half: config.share }),
  }),
  fromConfig(json) {
    must(json, 'position_embedding_type', 'absolute');
    must(json, 'tie_word_embeddings', true);
    must(json, 'num_labels', 2);
    const config = readFields(fields, json);
    divides(config.heads, config.hidden, 'num_attention_heads', 'hidden_size');
    divides(config.groups, config.layers, 'num_hidden_groups', 'num_hidden_layers');
    return { ...config, share: word(json, 'shared_half', 'all', shares), positions: 'normal' };
  },
};
