import { embedding, leaf, linear, mapLeaf, norm, repeat } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { encoderTaps } from '../shared/encoder-spec.ts';
import { countOption, flagOption, initStdOption } from '../shared/options.ts';
import type { TransfoXlConfig } from './config.ts';

/** Sizes that follow from others unless they are set. */
export const widthsOf = ({ hidden, heads, headWidth, tableWidth }: TransfoXlConfig) => ({
  /** Numbers of one head, and of all together. */
  head: headWidth || hidden / heads,
  allHeads: heads * (headWidth || hidden / heads),
  table: tableWidth || hidden,
});

/** Maps without biases; query, key and value are thirds of one weight. */
function layer(config: TransfoXlConfig) {
  const { hidden, heads, inner, initStd: std } = config;
  const { head, allHeads } = widthsOf(config);
  const shift = leaf([heads, head], { kind: 'normal', std });
  return {
    dec_attn: {
      r_r_bias: shift,
      r_w_bias: shift,
      qkv_net: { weight: mapLeaf([3 * allHeads, hidden], std, 'tokens', 'keys', 'keys') },
      o_net: { weight: mapLeaf([hidden, allHeads], std) },
      layer_norm: norm(hidden),
      r_net: { weight: mapLeaf([allHeads, hidden], std, 'places') },
    },
    pos_ff: {
      // A feed-forward of five modules, of which these two have weights.
      CoreNet: { 0: linear(hidden, inner, std), 3: linear(inner, hidden, std) },
      layer_norm: norm(hidden),
    },
  };
}

/**
 * Departs from the published code in how it starts: gains of norms at 1, where they are drawn around it there, and
 * projections as wide as all else.
 */
function spec(config: TransfoXlConfig) {
  const { vocabSize, hidden, initStd: std } = config;
  const { table } = widthsOf(config);
  const projections = table === hidden ? [] : [mapLeaf([hidden, table], std)];
  return {
    model: {
      transformer: {
        word_emb: { emb_layers: [embedding(vocabSize, table, std)], emb_projs: projections },
        layers: repeat(config.layers, layer(config)),
      },
      crit: {
        out_layers: [{ bias: leaf([vocabSize], { kind: 'zeros' }) }],
        out_projs: config.tiedProjection ? [] : projections,
      },
    },
  };
}

export type TransfoXlParts = ReturnType<typeof spec>;

export const blueprint: Blueprint<TransfoXlConfig, TransfoXlParts> = {
  id: 'transfo-xl',
  name: 'Transformer-XL',
  source: { paper: 'transformer-xl', where: '§3' },
  summary: 'Reads on from segment to segment: what its layers made of the last tokens stays in sight, by distance.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    headWidth: 0,
    tableWidth: 0,
    tiedProjection: false,
    inner: 256,
    preNorm: false,
    dropout: 0.1,
    attentionDropout: 0,
    memoryLength: 128,
    sameLength: false,
    clampLength: 0,
    zerosFirst: false,
    initStd: 0.02,
    epsilon: 1e-5,
  },
  options: [
    initStdOption,
    countOption(
      'memoryLength',
      'Memory',
      'Tokens of the steps before that stay in sight, where the text goes on from step to step.',
      0,
      512,
    ),
    flagOption('sameLength', 'Same length', 'Each token sees just as many tokens as the memory has, itself included.'),
    countOption('clampLength', 'Farthest distance', 'Distances beyond it count as this one; 0 for no limit.', 0, 512),
    flagOption(
      'zerosFirst',
      'Zeros at first',
      'The first segment sees a memory of zeros, as in the published package.',
    ),
    flagOption('preNorm', 'Norm first', 'Each part norms what it reads instead of the sum behind it.'),
    countOption('headWidth', 'Head width', 'Numbers of one head; 0 to share the width of the model.', 0, 256),
    countOption('tableWidth', 'Table width', 'Numbers of a row of the word table; 0 for those of the model.', 0, 512),
    flagOption('tiedProjection', 'One projection', 'A narrower word table has one projection, both in and out.'),
  ],
  recipe: { pairing: 'following', noising: 'causal' },
  frame: 'none',
  answers: ['next token'],
  questions: { causal: { logits: 'prediction_scores', per: 'slot', kind: 'token', from: 'noising' } },
  resize: (config, { maxLength: _, ...size }) => ({ ...config, ...size, inner: 4 * size.hidden }),
  spec,
  taps: ({ layers }) => encoderTaps(layers),
  carries: ({ layers, memoryLength }) =>
    Array.from({ length: memoryLength > 0 ? layers : 0 }, (_, i) => ({
      name: `memory.${i}`,
      axes: ['memory', 'batch', 'hidden'],
    })),
  farthest: ({ clampLength }) => clampLength,
  remembers: ({ memoryLength }) => memoryLength,
};
