import type { Quirk } from '../quirks.ts';

export const quirks: readonly Quirk[] = [
  {
    published: 'Places are drawn with replacement: one that is drawn twice counts twice in the generator’s loss.',
    described: 'No place is drawn twice.',
  },
  {
    published: 'Samples for one place are averaged as whole numbers, so that a token may come out that nobody drew.',
    described: 'Each place has one sample.',
  },
  {
    published: 'The generator sees 15 % of its places as they are; one draw that hides a place is enough.',
    described: 'The generator sees [MASK] at each of its places.',
  },
  {
    published: 'The number of places is limited by what a full row has, so short rows may reach their share.',
    described: 'The limit is the one you set.',
  },
  {
    published: 'A generator that knows nothing may put in any token of the vocabulary, special ones too.',
    described: 'It puts in ordinary tokens.',
  },
  {
    published:
      'Rows are made of two segments, a tenth of them of one. Not offered here: the pairing chooses the segments.',
    described: 'The pairing chooses the segments.',
  },
];
