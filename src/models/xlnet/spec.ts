import { embedding, leaf, linear, mapLeaf, norm, repeat } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { encoderTaps } from '../shared/encoder-spec.ts';
import { countOption, initStdOption } from '../shared/options.ts';
import type { XlnetConfig } from './config.ts';

/** Raw parameters as the published code shapes them: [hidden, head, width], without biases of their own. */
function layer({ hidden, heads, inner, initStd: std }: XlnetConfig) {
  const normal = (...shape: number[]) => leaf(shape, { kind: 'normal', std });
  const width = hidden / heads;
  return {
    rel_attn: {
      q: mapLeaf([hidden, heads, width], std),
      k: mapLeaf([hidden, heads, width], std, 'keys'),
      v: mapLeaf([hidden, heads, width], std, 'keys'),
      o: mapLeaf([hidden, heads, width], std),
      r: mapLeaf([hidden, heads, width], std, 'places'),
      r_r_bias: normal(heads, width),
      r_s_bias: normal(heads, width),
      r_w_bias: normal(heads, width),
      seg_embed: normal(2, heads, width),
      layer_norm: norm(hidden),
    },
    ff: { layer_norm: norm(hidden), layer_1: linear(hidden, inner, std), layer_2: linear(inner, hidden, std) },
  };
}

function spec(config: XlnetConfig) {
  const { vocabSize, hidden, initStd: std } = config;
  return {
    model: {
      transformer: {
        mask_emb: leaf([1, 1, hidden], { kind: 'normal', std }),
        word_embedding: embedding(vocabSize, hidden, std),
        layer: repeat(config.layers, layer(config)),
      },
      lm_loss: { bias: leaf([vocabSize], { kind: 'zeros' }) },
    },
  };
}

export type XlnetParts = ReturnType<typeof spec>;

export const blueprint: Blueprint<XlnetConfig, XlnetParts> = {
  id: 'xlnet',
  name: 'XLNet',
  source: { paper: 'xlnet', where: '§2' },
  summary: 'Predicts tokens one after another in random orders; a second stream knows the place but not the token.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    inner: 256,
    activation: 'gelu',
    dropout: 0.1,
    memoryLength: 0,
    reuseLength: 0,
    clampLength: 0,
    initStd: 0.02,
    epsilon: 1e-12,
    padId: 0,
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
    countOption('clampLength', 'Farthest distance', 'Distances beyond it count as this one; 0 for no limit.', 0, 512),
  ],
  recipe: { pairing: 'contiguous', noising: 'plm' },
  answers: ['tokens in order', 'tokens'],
  questions: { plm: { logits: 'logits', per: 'slot', kind: 'token', from: 'noising' } },
  resize: (config, { maxLength: _, ...size }) => ({ ...config, ...size, inner: 4 * size.hidden }),
  spec,
  taps: ({ layers }) => [
    ...encoderTaps(layers),
    ...encoderTaps(layers, 'query.').map(({ name, axes }) => ({
      name,
      axes: axes.map((axis) => (axis === 'seq' ? 'slot' : axis)),
    })),
  ],
  carries: ({ layers, memoryLength }) =>
    Array.from({ length: memoryLength > 0 ? layers : 0 }, (_, i) => ({
      name: `memory.${i}`,
      axes: ['memory', 'batch', 'hidden'],
    })),
  farthest: ({ clampLength }) => clampLength,
  remembers: ({ memoryLength }) => memoryLength,
};
