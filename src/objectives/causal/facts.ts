import type { NoisingFacts } from '../objective.ts';

export type CausalOptions = {
  /** `clean` asks for words only; `reference` for every token, the final separator included. */
  readonly mode: 'clean' | 'reference';
};

export const facts: NoisingFacts<CausalOptions> = {
  kind: 'noising',
  id: 'causal',
  asks: 'next token',
  name: 'Left to right',
  title: 'the next token',
  summary: 'Every token is predicted from those before it.',
  source: { paper: 'transformer-xl', where: '§3' },
  defaults: { mode: 'clean' },
  fields: [
    {
      key: 'mode',
      label: 'Procedure',
      hint: 'As described asks for words; as published for every token.',
      kind: 'choice',
      choices: [
        { value: 'clean', label: 'as described' },
        { value: 'reference', label: 'as published' },
      ],
    },
  ],
  kinds: ['asked'],
};
