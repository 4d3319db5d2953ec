import { embedding, leaf, linear, norm, repeat, sideBySide } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { encoderTaps, positionTable } from '../shared/encoder-spec.ts';
import { flagOption, initStdOption } from '../shared/options.ts';
import type { BartConfig } from './config.ts';

/** Rows in front of the position tables that are never read; a remnant of the published code. */
export const positionOffset = 2;

const attention = (hidden: number, std: number) => ({
  ...sideBySide(['q_proj', 'k_proj', 'v_proj'], {
    k_proj: linear(hidden, hidden, std),
    v_proj: linear(hidden, hidden, std),
    q_proj: linear(hidden, hidden, std),
  }),
  out_proj: linear(hidden, hidden, std),
});

const encoderLayer = (hidden: number, inner: number, std: number) => ({
  self_attn: attention(hidden, std),
  self_attn_layer_norm: norm(hidden),
  fc1: linear(hidden, inner, std),
  fc2: linear(inner, hidden, std),
  final_layer_norm: norm(hidden),
});

const decoderLayer = (hidden: number, inner: number, std: number) => ({
  ...encoderLayer(hidden, inner, std),
  encoder_attn: attention(hidden, std),
  encoder_attn_layer_norm: norm(hidden),
});

function spec({ vocabSize, hidden, encoder, decoder, maxLength, initStd: std, padId, positions }: BartConfig) {
  const side = () => ({
    embed_positions: positionTable(maxLength + positionOffset, hidden, std, positions),
    layernorm_embedding: norm(hidden),
  });
  return {
    model: {
      final_logits_bias: { ...leaf([1, vocabSize], { kind: 'zeros' }), buffer: true as const },
      model: {
        shared: embedding(vocabSize, hidden, std, padId),
        encoder: { ...side(), layers: repeat(encoder.layers, encoderLayer(hidden, encoder.inner, std)) },
        decoder: { ...side(), layers: repeat(decoder.layers, decoderLayer(hidden, decoder.inner, std)) },
      },
    },
  };
}

export type BartParts = ReturnType<typeof spec>;

const targets = (taps: ReturnType<typeof encoderTaps>) =>
  taps.map(({ name, axes }) => ({ name, axes: axes.map((axis) => (axis === 'seq' ? 'target' : axis)) }));

export const blueprint: Blueprint<BartConfig, BartParts> = {
  id: 'bart',
  name: 'BART',
  source: { paper: 'bart', where: '§2' },
  summary: 'Reads a spoiled text with an encoder and writes the original with a decoder, token by token.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    encoder: { layers: 2, heads: 2, inner: 256 },
    decoder: { layers: 2, heads: 2, inner: 256 },
    activation: 'gelu',
    dropout: 0.1,
    attentionDropout: 0.1,
    activationDropout: 0.1,
    maxLength: 64,
    initStd: 0.02,
    scaleEmbedding: false,
    // The ids of our vocabularies: [PAD], [CLS] and [SEP] stand where the published ones have <pad>, <s> and </s>.
    padId: 0,
    bosId: 2,
    eosId: 3,
    startId: 3,
    forcedEosId: 3,
    positions: 'normal',
  },
  options: [
    initStdOption,
    flagOption('scaleEmbedding', 'Scaled words', 'Whether the words are multiplied by the root of the width.'),
  ],
  recipe: { pairing: 'contiguous', noising: 'denoise' },
  answers: ['text'],
  questions: { denoise: { logits: 'logits', per: 'slot', kind: 'token', from: 'noising' } },
  resize: (config, { layers, heads, hidden, dropout, vocabSize, maxLength }) => ({
    ...config,
    vocabSize,
    hidden,
    maxLength,
    encoder: { layers, heads, inner: 4 * hidden },
    decoder: { layers, heads, inner: 4 * hidden },
    dropout,
    attentionDropout: dropout,
    activationDropout: dropout,
  }),
  spec,
  taps: ({ encoder, decoder }) => [
    ...encoderTaps(encoder.layers, 'encoder.'),
    ...targets(encoderTaps(decoder.layers, 'decoder.')),
    ...Array.from({ length: decoder.layers }, (_, i) => [
      { name: `decoder.attended.${i}`, axes: ['batch', 'target', 'hidden'] },
      { name: `cross.attention.${i}`, axes: ['batch', 'head', 'query', 'key'] },
    ]).flat(),
  ],
};
