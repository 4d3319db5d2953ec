import { base, encoder, large, million, type Size, shape } from './size.ts';

const roberta = { vocab_size: 50265, max_position_embeddings: 514, type_vocab_size: 1, layer_norm_eps: 1e-5 };

const transformerXl = (hidden: number, layers: number, heads: number, width: number) => ({
  cutoffs: [],
  div_val: 1,
  d_model: hidden,
  d_embed: hidden,
  n_head: heads,
  d_head: width,
  n_layer: layers,
});

const xlnet = (hidden: number, layers: number, heads: number) => ({
  d_model: hidden,
  n_layer: layers,
  n_head: heads,
  d_head: hidden / heads,
  d_inner: 4 * hidden,
});

const bart = (hidden: number, layers: number, heads: number) => ({
  d_model: hidden,
  encoder_layers: layers,
  decoder_layers: layers,
  encoder_attention_heads: heads,
  decoder_attention_heads: heads,
  encoder_ffn_dim: 4 * hidden,
  decoder_ffn_dim: 4 * hidden,
});

const narrow = { note: 'Its word table is 128 wide.' };

/** What was published from October 2018 to the end of 2019. */
export const sizes2019: readonly Size[] = [
  {
    id: 'bert.base',
    name: 'base',
    tier: 'base',
    shape: shape('12', 768, 12, ['bert', '§3']),
    paperWeights: million(110, ['bert', '§3']),
    config: {},
  },
  {
    id: 'bert.large',
    name: 'large',
    tier: 'large',
    shape: shape('24', 1024, 16, ['bert', '§3']),
    paperWeights: million(340, ['bert', '§3'], { note: 'Rounded upwards: without heads 335.1 million are counted.' }),
    config: large,
  },
  {
    id: 'transfo-xl.enwik8',
    name: 'enwik8, 12 layers',
    tier: 'small',
    shape: shape('12', 512, 8, ['transformer-xl', 'Table 2, code']),
    paperWeights: million(41, ['transformer-xl', 'Table 2']),
    config: { ...transformerXl(512, 12, 8, 64), vocab_size: 204, d_inner: 2048, mem_len: 512 },
  },
  {
    id: 'transfo-xl.base',
    name: 'WikiText-103, standard',
    tier: 'base',
    shape: shape('16', 410, 10, ['transformer-xl', 'Table 1, code']),
    paperWeights: million(151, ['transformer-xl', 'Table 1']),
    config: { ...transformerXl(410, 16, 10, 41), vocab_size: 267735, d_inner: 2100, mem_len: 150 },
  },
  {
    id: 'transfo-xl.large',
    name: 'WikiText-103, large',
    tier: 'large',
    shape: shape('18', 1024, 16, ['transformer-xl', 'Table 1, code']),
    paperWeights: million(257, ['transformer-xl', 'Table 1'], {
      note: 'Not reproduced: the reference’s class of this size has 285.2 million.',
    }),
    config: 'It has word tables of several widths, which are not built here. The reference’s class has 285.2 million.',
  },
  {
    id: 'xlnet.base',
    name: 'base',
    tier: 'base',
    shape: shape('12', 768, 12, ['xlnet', 'readme']),
    paperWeights: million(117, ['electra', 'Tables 2 and 4']),
    config: xlnet(768, 12, 12),
  },
  {
    id: 'xlnet.large',
    name: 'large',
    tier: 'large',
    shape: shape('24', 1024, 16, ['xlnet', 'readme']),
    paperWeights: million(360, ['electra', 'Tables 2 and 4'], { told: '340 million, as many as BERT.' }),
    config: xlnet(1024, 24, 16),
  },
  {
    id: 'roberta.base',
    name: 'base',
    tier: 'base',
    shape: shape('12', 768, 12, ['roberta', '§4.4']),
    paperWeights: million(125, ['roberta', 'readme']),
    config: { ...base, ...roberta },
  },
  {
    id: 'roberta.large',
    name: 'large',
    tier: 'large',
    shape: shape('24', 1024, 16, ['roberta', '§5']),
    paperWeights: million(355, ['roberta', 'readme']),
    config: { ...large, ...roberta },
  },
  {
    id: 'albert.base',
    name: 'base',
    tier: 'base',
    shape: shape('12', 768, 12, ['albert', 'Table 1'], narrow),
    paperWeights: million(12, ['albert', 'Table 1']),
    config: base,
  },
  {
    id: 'albert.large',
    name: 'large',
    tier: 'large',
    shape: shape('24', 1024, 16, ['albert', 'Table 1'], narrow),
    paperWeights: million(18, ['albert', 'Table 1']),
    config: large,
  },
  {
    id: 'albert.xlarge',
    name: 'xlarge',
    tier: 'larger',
    shape: shape('24', 2048, 16, ['albert', 'Table 1'], narrow),
    paperWeights: million(60, ['albert', 'Table 1']),
    config: encoder(2048, 24, 16),
  },
  {
    id: 'albert.xxlarge',
    name: 'xxlarge',
    tier: 'larger',
    shape: shape('12', 4096, 64, ['albert', 'Table 1'], {
      ...narrow,
      told: 'ALBERT is 4,096 wide. Only this size is; the others are 768, 1,024 and 2,048 wide.',
    }),
    paperWeights: million(235, ['albert', 'Table 1'], {
      note: 'The same paper’s text says 233 million; 222.6 million are counted.',
    }),
    config: encoder(4096, 12, 64),
  },
  {
    id: 'distilbert.base',
    name: 'base',
    tier: 'small',
    shape: shape('6', 768, 12, ['distilbert', '§3']),
    paperWeights: million(66, ['distilbert', 'Table 3']),
    config: {},
  },
  {
    id: 'bart.base',
    name: 'base',
    tier: 'base',
    shape: shape('6 + 6', 768, 12, ['bart', '§2.1']),
    paperWeights: million(140, ['bart', 'readme']),
    config: bart(768, 6, 12),
  },
  {
    id: 'bart.large',
    name: 'large',
    tier: 'large',
    shape: shape('12 + 12', 1024, 16, ['bart', '§2.1']),
    paperWeights: million(400, ['bart', 'readme'], { note: 'Rounded: 406.3 million are counted.' }),
    config: bart(1024, 12, 16),
  },
];
