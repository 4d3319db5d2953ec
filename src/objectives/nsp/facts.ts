import type { PairingFacts } from '../objective.ts';
import { type PairOptions, pairDefaults, pairFields } from '../pairs/options.ts';

export const facts: PairingFacts<PairOptions> = {
  kind: 'pairing',
  id: 'nsp',
  relation: 'nsp',
  name: 'Next sentence',
  title: 'next sentence or not',
  labels: ['B follows A', 'B is from another document'],
  summary: 'Two segments; in half of the pairs the second is from another document, and the model says which.',
  source: { paper: 'bert', where: '§3.1, Task #2' },
  defaults: pairDefaults,
  fields: pairFields,
};
