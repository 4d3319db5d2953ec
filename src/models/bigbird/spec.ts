import { leaf, linear, norm, repeat } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { embeddings, encoderLayer, encoderTaps } from '../shared/encoder-spec.ts';
import { choiceOption, countOption, flagOption, initStdOption } from '../shared/options.ts';
import type { BigbirdConfig } from './config.ts';
import { scoresOf } from './plan-spec.ts';

/** An encoder layer as BERT has it, with or without biases of queries, keys and values. */
function layer({ hidden, inner, initStd: std, useBias }: BigbirdConfig) {
  const whole = encoderLayer(hidden, inner, std);
  if (useBias) return whole;
  const { query, key, value } = whole.attention.self;
  const bare = { query: { weight: query.weight }, key: { weight: key.weight }, value: { weight: value.weight } };
  // Who reads the weights by name does without these.
  return { ...whole, attention: { ...whole.attention, self: bare as typeof whole.attention.self } };
}

function spec(config: BigbirdConfig) {
  const { hidden, initStd: std } = config;
  const sizes = { vocab: config.vocabSize, positions: config.maxLength, segments: config.segments, width: hidden };
  return {
    model: {
      bert: {
        embeddings: embeddings(sizes, std, config.padId, config.positions),
        encoder: { layer: repeat(config.layers, layer(config)) },
        pooler: linear(hidden, hidden, std),
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

export type BigbirdParts = ReturnType<typeof spec>;

const partsOption = choiceOption(
  'parts',
  'Blocks',
  'Which blocks of tokens a block may look at; its own and its neighbours always.',
  {
    published: 'first and last; random ones while it trains',
    paper: 'first, last and random ones',
    global: 'first and last',
    random: 'random ones',
    window: 'no others',
  },
);

const attentionOption = choiceOption(
  'attention',
  'Attention',
  'Blocks of a text that is long enough for them, or every token at every other.',
  { block_sparse: 'in blocks', original_full: 'full' },
);

export const blueprint: Blueprint<BigbirdConfig, BigbirdParts> = {
  id: 'bigbird',
  name: 'BigBird',
  source: { paper: 'bigbird', where: '§2' },
  summary:
    'A block of tokens looks at its neighbours, at the first and last block and at a few others, not at the whole.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    inner: 256,
    activation: 'gelu_new',
    hiddenDropout: 0.1,
    attentionDropout: 0.1,
    maxLength: 64,
    segments: 2,
    initStd: 0.02,
    epsilon: 1e-12,
    padId: 0,
    attention: 'block_sparse',
    blockSize: 4,
    randomBlocks: 1,
    useBias: true,
    rescale: false,
    parts: 'published',
    positions: 'normal',
  },
  options: [
    initStdOption,
    attentionOption,
    countOption('blockSize', 'Block', 'Tokens of a block.', 2, 64),
    partsOption,
    countOption('randomBlocks', 'Random blocks', 'So many a row; the more, the longer a text must be.', 1, 8),
    flagOption('rescale', 'Louder words', 'The vectors of words are multiplied by the root of the width.'),
    flagOption('useBias', 'Biases', 'Queries, keys and values each have a bias.'),
  ],
  recipe: { pairing: 'contiguous', noising: 'mlm' },
  answers: ['tokens'],
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
  scores: scoresOf,
};
