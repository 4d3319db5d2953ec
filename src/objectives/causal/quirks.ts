import type { Quirk } from '../quirks.ts';

export const quirks: readonly Quirk[] = [
  {
    published: 'Every token is asked for, the separator at the end too.',
    described: 'Words are asked for, special tokens are not.',
  },
];
