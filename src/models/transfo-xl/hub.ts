import type { Hub } from '../architecture.ts';
import { flag, type Json, must, real, whole } from '../shared/config-json.ts';
import type { TransfoXlConfig } from './config.ts';
import { type TransfoXlParts, widthsOf } from './spec.ts';

/** Defaults of the reference class that are not what is computed here. */
const published = { cutoffs: [20000, 40000, 200000], div_val: 4 };

/** A softmax over groups of words, and tables of several widths, are not computed here. */
function mustBePlain(json: Json): void {
  const { cutoffs, div_val } = { ...published, ...json };
  must({ cutoffs: Array.isArray(cutoffs) && cutoffs.length === 0 ? null : cutoffs }, 'cutoffs', []);
  must({ div_val }, 'div_val', 1);
  must(json, 'attn_type', 0);
  must(json, 'sample_softmax', -1);
  must(json, 'untie_r', true);
  must(json, 'tie_word_embeddings', true);
}

/** Its files as Hugging Face has them. */
export const hub: Hub<TransfoXlConfig, TransfoXlParts> = {
  classes: { model: 'TransfoXLLMHeadModel' },
  lastRelease: '4.57.6',
  hidesLater: true,
  note: 'It begins with a memory of zeros where this model began with none; `no_memory` in `train.py` gives it none.',
  // Frequencies of the sinusoids of places (Vaswani et al. 2017, §3.5).
  constants: ({ hidden }) => ({
    'transformer.pos_emb.inv_freq': Float32Array.from(
      { length: Math.ceil(hidden / 2) },
      (_, i) => 1e4 ** ((-2 * i) / hidden),
    ),
  }),
  tied: { 'crit.out_layers.0.weight': 'transformer.word_emb.emb_layers.0.weight' },
  toConfig: (config) => ({
    architectures: ['TransfoXLLMHeadModel'],
    model_type: 'transfo-xl',
    vocab_size: config.vocabSize,
    cutoffs: [],
    adaptive: false,
    d_model: config.hidden,
    d_embed: widthsOf(config).table,
    n_head: config.heads,
    d_head: widthsOf(config).head,
    d_inner: config.inner,
    div_val: 1,
    pre_lnorm: config.preNorm,
    n_layer: config.layers,
    mem_len: config.memoryLength,
    clamp_len: config.clampLength || -1,
    same_length: config.sameLength && config.memoryLength > 0,
    attn_type: 0,
    sample_softmax: -1,
    dropout: config.dropout,
    dropatt: config.attentionDropout,
    untie_r: true,
    init: 'normal',
    init_std: config.initStd,
    proj_init_std: config.initStd,
    layer_norm_epsilon: config.epsilon,
    tie_projs: [config.tiedProjection],
    tie_word_embeddings: true,
    eos_token_id: 0,
    dtype: 'float32',
  }),
  fromConfig(json) {
    mustBePlain(json);
    const hidden = whole(json, 'd_model', 1024);
    const heads = whole(json, 'n_head', 16);
    const head = whole(json, 'd_head', 64);
    const table = whole(json, 'd_embed', 1024);
    const memoryLength = whole(json, 'mem_len', 1600, 0);
    const sameLength = flag(json, 'same_length', true);
    // With no memory to be as long as, nothing at all would be seen.
    if (memoryLength === 0) must({ same_length: sameLength }, 'same_length', false);
    const [tied = false] = Array.isArray(json.tie_projs) ? (json.tie_projs as readonly unknown[]) : [];
    return {
      vocabSize: whole(json, 'vocab_size', 267735),
      hidden,
      layers: whole(json, 'n_layer', 18),
      heads,
      headWidth: head * heads === hidden ? 0 : head,
      tableWidth: table === hidden ? 0 : table,
      tiedProjection: flag({ tie_projs: tied }, 'tie_projs', false),
      inner: whole(json, 'd_inner', 4096),
      preNorm: flag(json, 'pre_lnorm', false),
      dropout: real(json, 'dropout', 0.1),
      attentionDropout: real(json, 'dropatt', 0),
      memoryLength,
      sameLength,
      clampLength: Math.max(0, whole(json, 'clamp_len', 1000, -1)),
      zerosFirst: false,
      initStd: real(json, 'init_std', 0.02),
      epsilon: real(json, 'layer_norm_epsilon', 1e-5),
    };
  },
};
