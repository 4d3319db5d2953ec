import type { PairingFacts, PairingOptions } from '../objective.ts';
import { maxLengthField } from '../options.ts';

export type ContiguousOptions = PairingOptions & {
  /** Sentences a window; 0 fills the sequence. */
  readonly sentences: number;
  /** Windows may start at any sentence; otherwise they are laid end to end, and the same ones return. */
  readonly anywhere: boolean;
};

export const facts: PairingFacts<ContiguousOptions> = {
  kind: 'pairing',
  id: 'contiguous',
  relation: 'consecutive',
  name: 'One run of text',
  summary: 'Consecutive sentences of one document, and no question about them.',
  source: { paper: 'roberta', where: '§4.2, DOC-SENTENCES' },
  defaults: { maxLength: 64, sentences: 0, anywhere: true },
  fields: [
    maxLengthField,
    { key: 'sentences', label: 'Sentences', hint: 'Sentences a window; 0 fills it.', kind: 'count', min: 0, max: 64 },
    {
      key: 'anywhere',
      label: 'Start anywhere',
      hint: 'Off: windows lie end to end, the same ones again and again, each as likely as another.',
      kind: 'flag',
    },
  ],
};
