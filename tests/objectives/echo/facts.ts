import type { NoisingFacts } from '../../../src/objectives/objective.ts';

export const facts: NoisingFacts<{ readonly first: boolean }> = {
  kind: 'noising',
  id: 'echo',
  asks: 'tokens',
  name: 'A token echoed',
  summary: 'One token is asked for as it stands.',
  source: { paper: { authors: 'Nobody', year: 1999, title: 'A paper of its own', arxiv: '9901.00001' }, where: '§1' },
  defaults: { first: false },
  fields: [{ key: 'first', label: 'First token', hint: 'Always the first one.', kind: 'flag' }],
};
