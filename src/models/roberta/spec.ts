import { embedding, leaf, linear, norm, repeat } from '../../core/params.ts';
import { full } from '../../core/pattern.ts';
import type { Blueprint } from '../architecture.ts';
import {
  type ConfigOf,
  layerFields,
  readFields,
  startFields,
  wholeField,
  writeFields,
} from '../shared/config-fields.ts';
import { divides, must } from '../shared/config-json.ts';
import { embeddings, encoderLayer, encoderPatterns, encoderTaps, type PositionStart } from '../shared/encoder-spec.ts';
import { initStdOption } from '../shared/options.ts';

const fields = {
  vocabSize: wholeField('vocab_size', 50265),
  ...layerFields,
  /**
   * Rows of the position table; real tokens take those behind the padding token's, so `padId` + 1 fewer can be read.
   */
  rows: wholeField('max_position_embeddings', 512),
  ...startFields,
  padId: wholeField('pad_token_id', 1, 0),
};

export interface RobertaConfig extends ConfigOf<typeof fields> {
  readonly positions: PositionStart;
}

function spec(config: RobertaConfig) {
  const { hidden, inner, rows, padId, initStd: std } = config;
  const sizes = { vocab: config.vocabSize, positions: rows, segments: config.segments, width: hidden };
  const tables = embeddings(sizes, std, padId, config.positions);
  const places = config.positions === 'normal' ? embedding(rows, hidden, std, padId) : tables.position_embeddings;
  return {
    model: {
      roberta: {
        embeddings: { ...tables, position_embeddings: places },
        encoder: { layer: repeat(config.layers, encoderLayer(hidden, inner, std)) },
      },
      lm_head: {
        bias: leaf([config.vocabSize], { kind: 'zeros' }),
        dense: linear(hidden, hidden, std),
        layer_norm: norm(hidden),
      },
    },
  };
}

export type RobertaParts = ReturnType<typeof spec>;

export const blueprint: Blueprint<RobertaConfig, RobertaParts> = {
  id: 'roberta',
  name: 'RoBERTa',
  source: { paper: 'roberta', where: '§3' },
  summary: 'BERT trained longer and better: masks drawn anew each time, no question about pairs.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    inner: 256,
    activation: 'gelu',
    hiddenDropout: 0.1,
    attentionDropout: 0.1,
    rows: 65,
    segments: 1,
    initStd: 0.02,
    epsilon: 1e-5,
    padId: 0,
    positions: 'normal',
  },
  options: [initStdOption],
  recipe: { pairing: 'contiguous', noising: 'mlm' },
  answers: ['tokens'],
  questions: { mlm: { logits: 'logits', per: 'slot', kind: 'token', from: 'noising' } },
  hub: {
    classes: { model: 'RobertaForMaskedLM' },
    tied: {
      'lm_head.decoder.weight': 'roberta.embeddings.word_embeddings.weight',
      'lm_head.decoder.bias': 'lm_head.bias',
    },
    toConfig: (config) => ({
      architectures: ['RobertaForMaskedLM'],
      model_type: 'roberta',
      ...writeFields(fields, config),
      bos_token_id: 2,
      eos_token_id: 3,
      tie_word_embeddings: true,
      dtype: 'float32',
    }),
    fromConfig(json) {
      must(json, 'position_embedding_type', 'absolute');
      must(json, 'is_decoder', false);
      must(json, 'tie_word_embeddings', true);
      const config = readFields(fields, json);
      divides(config.heads, config.hidden, 'num_attention_heads', 'hidden_size');
      return { ...config, positions: 'normal' };
    },
  },
  resize: (config, { dropout, maxLength, ...size }) => ({
    ...config,
    ...size,
    rows: maxLength + config.padId + 1,
    inner: 4 * size.hidden,
    hiddenDropout: dropout,
    attentionDropout: dropout,
  }),
  spec,
  taps: ({ layers }) => encoderTaps(layers),
  patterns: ({ layers }, { inputIds }) => encoderPatterns(layers, full(inputIds.length)),
};
