import { embedding, leaf, linear, norm, repeat } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { embeddings, encoderLayer, encoderTaps } from '../shared/encoder-spec.ts';
import { initStdOption } from '../shared/options.ts';
import type { RobertaConfig } from './config.ts';

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
};
