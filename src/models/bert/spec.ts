import { leaf, linear, norm, repeat } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { embeddings, encoderLayer, encoderTaps } from '../shared/encoder-spec.ts';
import { flagOption, initStdOption } from '../shared/options.ts';
import type { BertConfig } from './config.ts';

function spec(config: BertConfig) {
  const { hidden, inner, initStd: std } = config;
  const sizes = { vocab: config.vocabSize, positions: config.maxLength, segments: config.segments, width: hidden };
  return {
    model: {
      bert: {
        embeddings: embeddings(sizes, std, config.padId, config.positions),
        encoder: { layer: repeat(config.layers, encoderLayer(hidden, inner, std)) },
        pooler: { dense: linear(hidden, hidden, std) },
      },
      cls: {
        predictions: {
          bias: leaf([config.vocabSize], { kind: 'zeros' }),
          transform: { dense: linear(hidden, hidden, std), LayerNorm: norm(hidden) },
        },
        seq_relationship: linear(hidden, 2, std),
      },
    },
  };
}

export type BertParts = ReturnType<typeof spec>;

export const blueprint: Blueprint<BertConfig, BertParts> = {
  id: 'bert',
  name: 'BERT',
  source: { paper: 'bert', where: '§3' },
  summary: 'A stack of encoder layers in which every token sees every other, trained to fill in what was hidden.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    inner: 256,
    activation: 'gelu',
    hiddenDropout: 0.1,
    attentionDropout: 0.1,
    maxLength: 64,
    segments: 2,
    initStd: 0.02,
    epsilon: 1e-12,
    padId: 0,
    causal: false,
    positions: 'normal',
  },
  options: [
    initStdOption,
    flagOption('causal', 'Left to right', 'Each token sees only itself and what stands left of it.'),
  ],
  recipe: { pairing: 'nsp', noising: 'mlm' },
  answers: ['tokens', 'next token'],
  questions: {
    mlm: { logits: 'prediction_logits', per: 'slot', kind: 'token', from: 'noising' },
    nsp: { logits: 'seq_relationship_logits', per: 'row', kind: 'yesNo', from: 'pairing' },
  },
  resize: (config, { dropout, ...size }) => ({
    ...config,
    ...size,
    inner: 4 * size.hidden,
    hiddenDropout: dropout,
    attentionDropout: dropout,
  }),
  spec,
  taps: ({ layers }) => encoderTaps(layers),
};
