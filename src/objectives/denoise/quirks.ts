import type { Quirk } from '../quirks.ts';

export const quirks: readonly Quirk[] = [
  {
    published: 'Spans may run into each other, so that less is hidden than was asked for.',
    described: 'Spans keep apart.',
  },
  {
    published: 'The number of words to hide is rounded up in 32-bit floats, which at times gives one more.',
    described: 'It is rounded up exactly.',
  },
  {
    published: 'What is put in at random may be any token but <s>; <pad> and <mask> too.',
    described: 'It is an ordinary token.',
  },
  {
    published: 'Of the tokens that are put in, the share of random ones is rounded up: of one it is always one.',
    described: 'Each is random or [MASK] by a coin of its own.',
  },
  {
    published: 'A span may be left as many <mask> as it had tokens, or none. Not offered here: each is behind one.',
    described: 'Each span is behind one [MASK]; words can be masked one for one, or deleted, besides.',
  },
];
