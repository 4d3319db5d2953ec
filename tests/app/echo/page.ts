import type { PageEntry } from '../../../src/app/page.ts';

/** A page that says what its address says; only the test of one folder adds it. */
export const page: PageEntry<{ readonly word: string }> = {
  link: { label: 'Echo', order: 99 },
  decode: ([word = ''], query, problems) => {
    if (query.has('loud')) problems.push('An echo is never loud.');
    return { word };
  },
  encode: ({ word }) => `#/echo/${word}`,
};
