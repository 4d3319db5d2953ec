import type { Run } from '../../src/training/run.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';

/** A model that trains in seconds on the CPU. */
export const tiny: Run = runFrom({
  layers: 1,
  hidden: 8,
  heads: 2,
  batchSize: 2,
  steps: 8,
  warmup: 2,
  noisingOptions: {},
});

/** A sentence a segment. */
export const pair = { pairingOptions: { sentencesPerSegment: 1 } };
/** One of each objective, on the architecture of its paper: name, run, and the losses it has. */
export const tinyRecipes: readonly (readonly [name: string, run: Run, losses: readonly string[]])[] = [
  ['BERT, next sentence', withSettings(tiny, { pairing: 'nsp', ...pair }), ['mlm', 'nsp']],
  ['BERT, sentence order', withSettings(tiny, { pairing: 'sop', ...pair }), ['mlm', 'sop']],
  ['BERT, left to right', withSettings(tiny, { noising: 'causal' }), ['causal']],
  [
    'ALBERT, sentence order',
    withSettings(tiny, { architecture: 'albert', pairing: 'sop', ...pair, noisingOptions: { ngram: 3 } }),
    ['mlm', 'sop'],
  ],
  ['BigBird, long rows', withSettings(tiny, { architecture: 'bigbird', maxLength: 48 }), ['mlm']],
  ['XLNet, permuted order', withSettings(tiny, { architecture: 'xlnet', noising: 'plm' }), ['plm']],
  [
    'Transformer-XL, reading on',
    withSettings(tiny, { architecture: 'transfo-xl', pairing: 'following', pairingOptions: {}, noising: 'causal' }),
    ['causal'],
  ],
  ['ELECTRA, replaced tokens', withSettings(tiny, { architecture: 'electra', noising: 'rtd' }), ['mlm', 'rtd']],
  ['DeBERTa, hidden tokens', withSettings(tiny, { architecture: 'deberta', layers: 2 }), ['mlm']],
  [
    'MobileBERT, next sentence',
    withSettings(tiny, { architecture: 'mobilebert', pairing: 'nsp', ...pair }),
    ['mlm', 'nsp'],
  ],
  ['ConvBERT, replaced tokens', withSettings(tiny, { architecture: 'convbert', noising: 'rtd' }), ['mlm', 'rtd']],
  [
    'BART, a span a sentence',
    withSettings(tiny, {
      architecture: 'bart',
      noising: 'denoise',
      noisingOptions: { permuteShare: 0, spans: 'sentence' },
    }),
    ['denoise'],
  ],
];
