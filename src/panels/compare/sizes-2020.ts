import { base, encoder, large, million, type Size, shape } from './size.ts';

const deberta = {
  model_type: 'deberta',
  vocab_size: 50265,
  type_vocab_size: 0,
  relative_attention: true,
  position_biased_input: false,
  pos_att_type: ['c2p', 'p2c'],
};
/** The largest one has what later became the second version: one more text, buckets of distances, a convolution. */
const deberta2 = {
  ...deberta,
  model_type: 'deberta-v2',
  vocab_size: 128100,
  position_buckets: 256,
  share_att_key: true,
  norm_rel_ebd: 'layer_norm',
  conv_kernel_size: 3,
  conv_act: 'gelu',
};

const narrow = { note: 'Its word table is 128 wide.' };
const small = { ...encoder(256, 12, 4), embedding_size: 128 };

/** What was published in 2020. */
export const sizes2020: readonly Size[] = [
  {
    id: 'electra.small',
    name: 'small',
    tier: 'small',
    shape: shape('12', 256, 4, ['electra', 'App. A'], narrow),
    paperWeights: million(14, ['electra', 'Table 1']),
    config: small,
  },
  {
    id: 'electra.base',
    name: 'base',
    tier: 'base',
    shape: shape('12', 768, 12, ['electra', 'App. A']),
    paperWeights: million(110, ['electra', 'Table 1']),
    config: { ...base, embedding_size: 768 },
  },
  {
    id: 'electra.large',
    name: 'large',
    tier: 'large',
    shape: shape('24', 1024, 16, ['electra', 'App. A']),
    paperWeights: million(335, ['electra', 'Table 2']),
    config: { ...large, embedding_size: 1024 },
  },
  {
    id: 'mobilebert.base',
    name: 'student',
    tier: 'small',
    shape: shape('24', 512, 4, ['mobilebert', 'Table 1'], {
      note: 'Inside a block 128 wide; its word table is 128 wide.',
      marks: ['second-hand'],
    }),
    paperWeights: million(25.3, ['mobilebert', 'Table 1'], { marks: ['second-hand'] }),
    config: { classifier_activation: false },
  },
  {
    id: 'mobilebert.tiny',
    name: 'tiny',
    tier: 'small',
    shape: shape('24', 512, 4, ['mobilebert', 'readme'], { note: 'Inside a block 128 wide.', marks: ['second-hand'] }),
    paperWeights: million(15.1, ['mobilebert', 'Table 1'], { marks: ['second-hand'] }),
    config: {
      classifier_activation: false,
      num_feedforward_networks: 2,
      use_bottleneck_attention: true,
      key_query_shared_bottleneck: false,
    },
  },
  {
    id: 'mobilebert.teacher',
    name: 'teacher (IB-BERT)',
    tier: 'large',
    shape: shape('24', 512, 4, ['mobilebert', 'Table 1'], {
      note: 'Inside a block 1,024 wide.',
      marks: ['second-hand'],
      alike: '24 × 1024',
    }),
    paperWeights: million(293, ['mobilebert', 'Table 1'], { marks: ['second-hand'] }),
    config:
      'Its published form makes queries, keys and values from the state between blocks, which is not built here. By ' +
      'its formula it has 294.2 million weights without the pooler.',
  },
  {
    id: 'deberta.base',
    name: 'base',
    tier: 'base',
    shape: shape('12', 768, 12, ['deberta', 'Table 8']),
    paperWeights: million(100, ['deberta', 'readme'], { note: 'Without its word table of 38.6 million.' }),
    config: { ...base, ...deberta },
  },
  {
    id: 'deberta.large',
    name: 'large',
    tier: 'large',
    shape: shape('24', 1024, 16, ['deberta', 'Table 8']),
    config: { ...large, ...deberta },
  },
  {
    id: 'deberta.1b5',
    name: '1.5B',
    tier: 'larger',
    shape: shape('48', 1536, 24, ['deberta', 'Table 8']),
    paperWeights: million(1500, ['deberta', '§1'], { told: '1.5 parameters. It is 1.5 billion.' }),
    config: { ...encoder(1536, 48, 24), ...deberta2 },
  },
  {
    id: 'bigbird.base',
    name: 'base',
    tier: 'base',
    shape: shape('12', 768, 12, ['bigbird', 'Table 8']),
    config: {},
  },
  {
    id: 'bigbird.large',
    name: 'large',
    tier: 'large',
    shape: shape('24', 1024, 16, ['bigbird', 'Table 8']),
    config: large,
  },
  {
    id: 'convbert.small',
    name: 'small',
    tier: 'small',
    shape: shape('12', 256, 4, ['convbert', 'readme, code'], narrow),
    paperWeights: million(14, ['convbert', 'abstract, readme']),
    config: small,
  },
  {
    id: 'convbert.medium',
    name: 'medium-small',
    tier: 'small',
    shape: shape('12', 384, 8, ['convbert', 'readme, code'], narrow),
    paperWeights: million(17, ['convbert', 'abstract, readme']),
    config: { ...encoder(384, 12, 8), embedding_size: 128, num_groups: 2 },
  },
  {
    id: 'convbert.base',
    name: 'base',
    tier: 'base',
    shape: shape('12', 768, 12, ['convbert', 'readme, code']),
    paperWeights: million(106, ['convbert', 'abstract, readme']),
    config: { ...base, embedding_size: 768 },
  },
];
