import type { PairingFacts } from '../objective.ts';
import { type PairOptions, pairDefaults, pairFields } from '../pairs/options.ts';

export const facts: PairingFacts<PairOptions> = {
  kind: 'pairing',
  id: 'sop',
  relation: 'sop',
  name: 'Sentence order',
  title: 'order of the sentences',
  labels: ['A and B stand in their order', 'A and B have changed places'],
  summary: 'Two segments of one document; half of the pairs are swapped, and the model says which.',
  source: { paper: 'albert', where: '§3.1, inter-sentence coherence loss' },
  defaults: pairDefaults,
  fields: pairFields,
};
