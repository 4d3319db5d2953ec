import { leaf, linear, norm, repeat } from '../../../src/core/params.ts';
import type { Blueprint } from '../../../src/models/architecture.ts';
import { embeddings, encoderLayer, encoderTaps } from '../../../src/models/shared/encoder-spec.ts';
import type { EchoConfig } from './config.ts';

function spec({ vocabSize: vocab, hidden, inner, maxLength, segments, initStd: std, padId }: EchoConfig) {
  const layer = encoderLayer(hidden, inner, std);
  return {
    model: {
      embeddings: embeddings({ vocab, positions: maxLength, segments, width: hidden }, std, padId),
      far: { layer: repeat(1, layer) },
      near: { layer: repeat(1, layer) },
      predictions: {
        bias: leaf([vocab], { kind: 'zeros' }),
        dense: linear(hidden, hidden, std),
        LayerNorm: norm(hidden),
      },
      repeated: linear(hidden, 1, std),
    },
  };
}

export type EchoParts = ReturnType<typeof spec>;

/**
 * A small architecture with everything of its own: a question about repeated tokens, a tap that shows its answer, and a
 * second layer that sees a window. Only the test next door adds it.
 */
export const blueprint: Blueprint<EchoConfig, EchoParts> = {
  id: 'echo',
  name: 'Echo',
  source: { paper: { authors: 'Nobody', year: 1999, title: 'A model of its own', arxiv: '9901.00003' }, where: '§1' },
  summary: 'It fills in what was hidden, and says of every token whether it has stood before.',
  toy: {
    vocabSize: 512,
    hidden: 8,
    layers: 2,
    heads: 2,
    inner: 32,
    activation: 'gelu',
    hiddenDropout: 0,
    attentionDropout: 0,
    maxLength: 64,
    radius: 1,
    segments: 2,
    initStd: 0.1,
    epsilon: 1e-12,
    padId: 0,
  },
  options: [{ key: 'radius', label: 'Radius', hint: 'How far the second layer looks.', kind: 'count', min: 1, max: 8 }],
  recipe: { pairing: 'contiguous', noising: 'mlm' },
  answers: ['tokens'],
  questions: {
    mlm: { logits: 'logits', per: 'slot', kind: 'token', from: 'noising' },
    repeated: { logits: 'repeated', per: 'token', kind: 'yesNo', from: 'own', title: 'tokens that stood before' },
  },
  weights: () => ({ repeated: 0.5 }),
  resize: (config, { dropout, vocabSize, hidden, heads, maxLength }) => ({
    ...config,
    ...{ vocabSize, hidden, heads, maxLength },
    inner: 4 * hidden,
    hiddenDropout: dropout,
    attentionDropout: dropout,
  }),
  spec,
  taps: () => [...encoderTaps(1), ...encoderTaps(1, 'near.'), { name: 'repeated', axes: ['batch', 'seq'] }],
};
