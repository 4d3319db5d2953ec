import type { NoisingFacts } from '../objective.ts';
import { defaults, fields, type RtdOptions } from './options.ts';

export const facts: NoisingFacts<RtdOptions> = {
  kind: 'noising',
  id: 'rtd',
  asks: 'originality',
  name: 'Replaced tokens',
  title: 'replaced or original',
  summary: 'Some tokens are replaced by a generator, and the model says of every token whether it is the original.',
  source: { paper: 'electra', where: '§2' },
  defaults,
  fields,
};
