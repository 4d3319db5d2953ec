import type { Quirk } from '../quirks.ts';

export const quirks: readonly Quirk[] = [
  {
    published: 'The length of a span counts tokens, from the start of a word on, so that it may end inside a word.',
    described: 'It counts whole words and never leaves its segment.',
  },
  {
    published: 'A span that reaches the end of the row is dropped, and no other is tried.',
    described: 'A span takes what there is room for.',
  },
  {
    published: 'Single tokens that make up for dropped spans may be any, special ones too; those are not predicted.',
    described: 'Single words that still fit make up for them.',
  },
  {
    published: 'The number predicted is rounded down.',
    described: 'It is rounded to the nearest whole number.',
  },
  {
    published: 'The row may be cut in halves with orders of their own; the first half sees nothing of the second.',
    described: 'One order for the whole row.',
  },
  {
    published: 'Rows end with <sep> and <cls>. Not offered here: they begin with [CLS], as BERT’s do.',
    described: 'What stands around the text is the same for all objectives, so that they can be compared.',
  },
];
