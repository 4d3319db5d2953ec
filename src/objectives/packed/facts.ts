import type { PairingFacts, PairingOptions } from '../objective.ts';
import { maxLengthField } from '../options.ts';

export type PackedOptions = PairingOptions & {
  /** Liu et al. 2019, §4.2. `full`: FULL-SENTENCES, across documents; `document`: DOC-SENTENCES, never across. */
  readonly format: 'full' | 'document';
  /** `clean`: as the paper describes it; `reference`: as the published code does it, quirks included. */
  readonly mode: 'clean' | 'reference';
};

export const facts: PairingFacts<PackedOptions> = {
  kind: 'pairing',
  id: 'packed',
  relation: 'apart',
  name: 'Packed sentences',
  summary: 'Consecutive sentences until a row is full, and no question about them.',
  source: { paper: 'roberta', where: '§4.2, FULL-SENTENCES' },
  defaults: { maxLength: 64, format: 'full', mode: 'clean' },
  fields: [
    maxLengthField,
    {
      key: 'format',
      label: 'End of a document',
      hint: 'Where the next one begins.',
      kind: 'choice',
      choices: [
        { value: 'full', label: 'in the same row' },
        { value: 'document', label: 'in a row of its own' },
      ],
    },
    {
      key: 'mode',
      label: 'Procedure',
      hint: 'As published, a separator stands behind every sentence.',
      kind: 'choice',
      choices: [
        { value: 'clean', label: 'as described' },
        { value: 'reference', label: 'as published' },
      ],
    },
  ],
};
