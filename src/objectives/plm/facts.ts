import type { NoisingFacts } from '../objective.ts';
import { defaults, fields, type PlmOptions } from './options.ts';

export const facts: NoisingFacts<PlmOptions> = {
  kind: 'noising',
  id: 'plm',
  asks: 'tokens in order',
  name: 'Permuted order',
  title: 'tokens in the order drawn',
  summary: 'Some tokens are predicted one after another in a random order, each from all that came before it.',
  source: { paper: 'xlnet', where: '§2.2, eq. 3' },
  defaults,
  fields,
};
