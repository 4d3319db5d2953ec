import type { Quirk } from '../quirks.ts';

export const quirks: readonly Quirk[] = [
  {
    published: 'Documents are gone through in order, and each pair that comes of it counts alike.',
    described: 'Any sentence but a document’s last may begin a pair, all equally likely.',
  },
  {
    published: 'A short length is aimed at for all pairs of a document, which gives more pairs.',
    described: 'It is drawn for each pair.',
  },
  {
    published:
      'A stretch of one sentence always gets a second part from elsewhere: more than half of the labels are 1.',
    described: 'A pair has two sentences at least, and half of the labels are 1.',
  },
  {
    published: 'Another document is tried for ten times; with a single document B is from there, and the label is 1.',
    described: 'B is from another document, and a text with a single one is refused.',
  },
];
