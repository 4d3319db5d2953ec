import type { Quirk } from '../quirks.ts';

export const quirks: readonly Quirk[] = [
  {
    published: 'A random replacement may be any token of the vocabulary, special ones and the original too (BERT).',
    described: 'It is an ordinary token, and another one than the original.',
  },
  {
    published: 'Rounded by chance (RoBERTa), it may be any ordinary token or <mask>, the original too.',
    described: 'It is an ordinary token, and another one than the original.',
  },
  {
    published: 'RoBERTa may ask for <s> and </s> as for any other token.',
    described: 'Special tokens are never asked for.',
  },
  {
    published: 'RoBERTa counts whole words, not their pieces, and shows all pieces of a word in one way.',
    described: 'Pieces are counted, and each is shown in its own way.',
  },
  {
    published: 'A word that is too long for what is left is drawn and passed over.',
    described: 'The next word is drawn among those that still fit, with the same result.',
  },
  {
    published: 'A segment that begins with the end of a word is joined to the last word of the segment before.',
    described: 'A segment begins with a word of its own.',
  },
];
