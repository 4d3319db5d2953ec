import { embedding, leaf, linear, norm, repeat, sideBySide } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { encoderTaps, positionTable } from '../shared/encoder-spec.ts';
import { choiceOption, initStdOption, realOption } from '../shared/options.ts';
import { hiddenStates, tokenLogits } from '../shared/teacher-spec.ts';
import type { DistilbertConfig } from './config.ts';

const layer = (hidden: number, inner: number, std: number) => ({
  attention: {
    ...sideBySide(['q_lin', 'k_lin', 'v_lin'], {
      q_lin: linear(hidden, hidden, std),
      k_lin: linear(hidden, hidden, std),
      v_lin: linear(hidden, hidden, std),
    }),
    out_lin: linear(hidden, hidden, std),
  },
  sa_layer_norm: norm(hidden),
  ffn: { lin1: linear(hidden, inner, std), lin2: linear(inner, hidden, std) },
  output_layer_norm: norm(hidden),
});

function spec({ vocabSize, hidden, layers, inner, maxLength, initStd: std, padId, positions }: DistilbertConfig) {
  return {
    model: {
      distilbert: {
        embeddings: {
          word_embeddings: embedding(vocabSize, hidden, std, padId),
          position_embeddings: positionTable(maxLength, hidden, std, positions),
          LayerNorm: norm(hidden),
        },
        transformer: { layer: repeat(layers, layer(hidden, inner, std)) },
      },
      vocab_transform: linear(hidden, hidden, std),
      vocab_layer_norm: norm(hidden),
      vocab_projector: { bias: leaf([vocabSize], { kind: 'zeros' }) },
    },
  };
}

export type DistilbertParts = ReturnType<typeof spec>;

/** How the three losses of the published recipe weigh; without a teacher there is one loss. Sanh et al. 2019, code. */
const taughtWeights = { distillation: 5, mlm: 2, cosine: 1 };

export const weights = (_: DistilbertConfig, taught: boolean): Readonly<Record<string, number>> =>
  taught ? taughtWeights : {};

export const blueprint: Blueprint<DistilbertConfig, DistilbertParts> = {
  id: 'distilbert',
  name: 'DistilBERT',
  source: { paper: 'distilbert', where: '§3' },
  summary: 'Half as many layers, taught by a trained BERT: its whole distribution, not only the right token.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    inner: 256,
    activation: 'gelu',
    dropout: 0.1,
    attentionDropout: 0.1,
    maxLength: 64,
    initStd: 0.02,
    padId: 0,
    temperature: 2,
    asked: 'tokens',
    positions: 'normal',
  },
  options: [
    initStdOption,
    realOption(
      'temperature',
      'Temperature',
      'How much softer the words of the teacher are made before they are followed.',
      0.1,
      20,
    ),
    choiceOption('asked', 'The teacher is asked', 'Where its words are followed; the paper asks everywhere.', {
      tokens: 'at every token',
      holes: 'at the hidden ones alone',
    }),
  ],
  recipe: { pairing: 'contiguous', noising: 'mlm' },
  answers: ['tokens'],
  questions: {
    mlm: { logits: 'logits', per: 'slot', kind: 'token', from: 'noising' },
    distillation: { logits: 'logits', per: 'token', kind: 'match', from: 'own', title: "the teacher's probabilities" },
    cosine: { logits: 'logits', per: 'token', kind: 'match', from: 'own', title: "the teacher's direction" },
  },
  weights,
  teacher: {
    probabilities: 'logits',
    taps: (_, teacher) => ({ logits: tokenLogits(teacher), hidden: hiddenStates(teacher).at(-1)! }),
  },
  resize: (config, { dropout, ...size }) => ({
    ...config,
    ...size,
    inner: 4 * size.hidden,
    dropout,
    attentionDropout: dropout,
  }),
  spec,
  taps: ({ layers }) => encoderTaps(layers),
};
