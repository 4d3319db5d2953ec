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
  summary: 'Whole sentences in the order of the text until a row is full, and no question about them.',
  source: { paper: 'roberta', where: '§4.2, FULL-SENTENCES' },
  defaults: { maxLength: 64, format: 'full', mode: 'clean' },
  fields: [
    maxLengthField,
    {
      key: 'format',
      label: 'End of a document',
      hint: 'Where a document ends, the next one goes on in the same row, or in a row of its own.',
      kind: 'choice',
      choices: [
        { value: 'full', label: 'the row goes on' },
        { value: 'document', label: 'the row ends' },
      ],
    },
    {
      key: 'mode',
      label: 'Procedure',
      hint: 'As described, a separator stands between documents; as published, behind every sentence as well.',
      kind: 'choice',
      choices: [
        { value: 'clean', label: 'as described' },
        { value: 'reference', label: 'as published' },
      ],
    },
  ],
};
