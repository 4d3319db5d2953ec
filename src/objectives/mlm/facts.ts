import type { NoisingFacts } from '../objective.ts';
import { defaults, fields, type MlmOptions } from './options.ts';

export const facts: NoisingFacts<MlmOptions> = {
  kind: 'noising',
  id: 'mlm',
  asks: 'tokens',
  name: 'Masked tokens',
  title: 'hidden tokens',
  summary: 'Some tokens are hidden, and the model says what they were.',
  source: { paper: 'bert', where: '§3.1, Task #1' },
  defaults,
  fields,
  kinds: ['hidden', 'replaced', 'kept', 'asked'],
};
