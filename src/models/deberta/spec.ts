import type { Blueprint } from '../architecture.ts';

import { choiceOption, countOption, flagOption, initStdOption } from '../shared/options.ts';
import type { DebertaConfig } from './config.ts';
import { taps } from './terms-spec.ts';
import { type DebertaParts, spec } from './weights-spec.ts';

type Options = Readonly<Record<string, unknown>>;
const isV2 = ({ version }: Options) => version === 'v2';
const isRelative = ({ c2p, p2c }: Options) => c2p === true || p2c === true;
const isRelativeV2 = (options: Options) => isV2(options) && isRelative(options);

export const blueprint: Blueprint<DebertaConfig, DebertaParts> = {
  id: 'deberta',
  name: 'DeBERTa',
  source: { paper: 'deberta', where: '§3' },
  summary:
    'Scores what tokens are and how far apart they stand by separate terms; absolute places come at the very end.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    inner: 256,
    activation: 'gelu',
    hiddenDropout: 0.1,
    attentionDropout: 0.1,
    maxLength: 64,
    segments: 0,
    initStd: 0.02,
    epsilon: 1e-7,
    padId: 0,
    radius: 0,
    buckets: 0,
    sharedKeys: true,
    normedDistances: true,
    reach: 0,
    convActivation: 'gelu',
    legacy: false,
    version: 'v1',
    c2c: true,
    c2p: true,
    p2c: true,
    places: 'decoder',
    positions: 'normal',
  },
  options: [
    initStdOption,
    choiceOption(
      'version',
      'Attention',
      'The first version has maps of their own for distances; the second may share them.',
      {
        v1: 'first version',
        v2: 'second version',
      },
    ),
    flagOption('c2c', 'Content to content', 'What a token is meets what the other one is.'),
    flagOption('c2p', 'Content to position', 'What a token is meets how far away the other one stands.'),
    flagOption('p2c', 'Position to content', 'How far away a token stands meets what the other one is.'),
    choiceOption('places', 'Absolute places', 'Where the model is told at which place of the text a token stands.', {
      decoder: 'before the answer',
      input: 'in the input',
      none: 'nowhere',
    }),
    {
      ...countOption('radius', 'Farthest distance', 'Distances beyond it count as it; 0 for none.', 0, 512),
      when: isRelative,
    },
    {
      ...countOption(
        'buckets',
        'Buckets',
        'Far distances share rows, so many on either side; 0 gives each its own.',
        0,
        512,
      ),
      when: isRelativeV2,
    },
    {
      ...flagOption('sharedKeys', 'Shared maps', 'Distances are mapped by the query and key maps of the contents.'),
      when: isRelativeV2,
    },
    {
      ...flagOption('normedDistances', 'Normed distances', 'A norm stands behind the table of distances.'),
      when: isRelativeV2,
    },
    {
      ...countOption(
        'reach',
        'Convolution',
        'Neighbours on either side that a convolution beside the first layer sees; 0 for none.',
        0,
        8,
      ),
      when: isV2,
    },
  ],
  recipe: { pairing: 'contiguous', noising: 'mlm' },
  answers: ['tokens'],
  questions: { mlm: { logits: 'logits', per: 'slot', kind: 'token', from: 'noising' } },
  resize: (config, { dropout, ...size }) => ({
    ...config,
    ...size,
    inner: 4 * size.hidden,
    hiddenDropout: dropout,
    attentionDropout: dropout,
  }),
  spec,
  taps,
  farthest: ({ c2p, p2c, radius }) => (c2p || p2c ? radius : 0),
};
