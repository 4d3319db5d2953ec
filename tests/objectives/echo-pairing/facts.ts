import type { PairingFacts, PairingOptions } from '../../../src/objectives/objective.ts';

export const facts: PairingFacts<PairingOptions> = {
  kind: 'pairing',
  id: 'echo-pairing',
  relation: 'sop',
  name: 'Call and echo',
  title: 'call or echo',
  labels: ['B answers A', 'A answers B'],
  summary: 'Two sentences that stand side by side; half of the pairs are swapped.',
  source: { paper: { authors: 'Nobody', year: 1999, title: 'A pairing of its own', arxiv: '9901.00002' }, where: '§1' },
  defaults: { maxLength: 64 },
  fields: [{ key: 'maxLength', label: 'Length', hint: 'Special tokens included.', kind: 'count', min: 8, max: 512 }],
};
