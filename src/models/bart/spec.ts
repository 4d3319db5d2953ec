import { embedding, leaf, linear, norm, repeat, sideBySide } from '../../core/params.ts';
import { causal, full } from '../../core/pattern.ts';
import type { Activation } from '../../nn/layers.ts';
import type { Blueprint } from '../architecture.ts';
import { divides, flag, must, real, whole, word } from '../shared/config-json.ts';
import { encoderTaps, type PositionStart, positionTable, stackPattern } from '../shared/encoder-spec.ts';
import { flagOption, initStdOption } from '../shared/options.ts';

/** The sizes in which encoder and decoder may differ. */
export interface BartSide {
  readonly layers: number;
  readonly heads: number;
  /** Width between the two feed-forward layers. */
  readonly inner: number;
}

export interface BartConfig {
  readonly vocabSize: number;
  readonly hidden: number;
  readonly encoder: BartSide;
  readonly decoder: BartSide;
  readonly activation: Activation;
  readonly dropout: number;
  readonly attentionDropout: number;
  /** Between the two feed-forward layers. */
  readonly activationDropout: number;
  /** Longest source and longest target; the position tables have two rows more. */
  readonly maxLength: number;
  readonly initStd: number;
  /** Whether looked-up words are multiplied by √hidden. */
  readonly scaleEmbedding: boolean;
  readonly padId: number;
  readonly bosId: number;
  readonly eosId: number;
  /** What the decoder starts from. */
  readonly startId: number;
  /** The first and the last token of what is generated, where they are fixed. */
  readonly forcedBosId?: number;
  readonly forcedEosId?: number;
  readonly positions: PositionStart;
}

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

/** Ids that steer the writing, as both `config.json` and `generation_config.json` spell them. */
const generation = (config: BartConfig) => ({
  bos_token_id: config.bosId,
  pad_token_id: config.padId,
  eos_token_id: config.eosId,
  decoder_start_token_id: config.startId,
  forced_bos_token_id: config.forcedBosId,
  forced_eos_token_id: config.forcedEosId,
});

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
  hub: {
    classes: { model: 'BartForConditionalGeneration' },
    tied: {
      'model.encoder.embed_tokens.weight': 'model.shared.weight',
      'model.decoder.embed_tokens.weight': 'model.shared.weight',
      'lm_head.weight': 'model.shared.weight',
    },
    extraFiles: (config) => ({ 'generation_config.json': generation(config) }),
    toConfig: (config) => ({
      architectures: ['BartForConditionalGeneration'],
      model_type: 'bart',
      vocab_size: config.vocabSize,
      d_model: config.hidden,
      encoder_layers: config.encoder.layers,
      decoder_layers: config.decoder.layers,
      encoder_attention_heads: config.encoder.heads,
      decoder_attention_heads: config.decoder.heads,
      encoder_ffn_dim: config.encoder.inner,
      decoder_ffn_dim: config.decoder.inner,
      activation_function: config.activation,
      dropout: config.dropout,
      attention_dropout: config.attentionDropout,
      activation_dropout: config.activationDropout,
      max_position_embeddings: config.maxLength,
      init_std: config.initStd,
      scale_embedding: config.scaleEmbedding,
      is_encoder_decoder: true,
      ...generation(config),
      tie_word_embeddings: true,
      dtype: 'float32',
    }),
    fromConfig(json) {
      must(json, 'is_encoder_decoder', true);
      must(json, 'tie_word_embeddings', true);
      const hidden = whole(json, 'd_model', 1024);
      const side = (name: 'encoder' | 'decoder'): BartSide => {
        const heads = whole(json, `${name}_attention_heads`, 16);
        divides(heads, hidden, `${name}_attention_heads`, 'd_model');
        return { layers: whole(json, `${name}_layers`, 12), heads, inner: whole(json, `${name}_ffn_dim`, 4096) };
      };
      const id = (name: string) =>
        json[name] === undefined || json[name] === null ? undefined : whole(json, name, 0, 0);
      const eosId = whole(json, 'eos_token_id', 2, 0);
      return {
        vocabSize: whole(json, 'vocab_size', 50265),
        hidden,
        encoder: side('encoder'),
        decoder: side('decoder'),
        activation: word(json, 'activation_function', 'gelu', ['gelu', 'gelu_new', 'relu']),
        dropout: real(json, 'dropout', 0.1),
        attentionDropout: real(json, 'attention_dropout', 0),
        activationDropout: real(json, 'activation_dropout', 0),
        maxLength: whole(json, 'max_position_embeddings', 1024),
        initStd: real(json, 'init_std', 0.02),
        scaleEmbedding: flag(json, 'scale_embedding', false),
        padId: whole(json, 'pad_token_id', 1, 0),
        bosId: whole(json, 'bos_token_id', 0, 0),
        eosId,
        startId: whole(json, 'decoder_start_token_id', 2, 0),
        forcedBosId: id('forced_bos_token_id'),
        forcedEosId: id('forced_eos_token_id'),
        positions: 'normal',
      };
    },
  },
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
  patterns({ encoder, decoder }, { inputIds, decoderInputIds = inputIds }) {
    const [source, written] = [inputIds.length, decoderInputIds.length];
    const side = { of: 'decoder' } as const;
    const cross = { name: 'cross', title: 'the decoder, to the encoder', prefix: 'cross.' };
    return [
      stackPattern({ name: 'encoder', title: 'the encoder', prefix: 'encoder.' }, encoder.layers, full(source)),
      stackPattern(
        { name: 'decoder', title: 'the decoder', prefix: 'decoder.' },
        decoder.layers,
        causal(written),
        side,
      ),
      stackPattern(cross, decoder.layers, full(written, source), side, { of: 'input' }),
    ];
  },
};
