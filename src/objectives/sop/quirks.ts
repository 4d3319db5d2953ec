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
    published: 'A stretch of one sentence becomes a pair with text from another document, with label 1.',
    described: 'Both parts are always of one document.',
  },
];
