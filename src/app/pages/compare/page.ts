import { writeAddress } from '../../address.ts';
import type { PageEntry } from '../../page.ts';

/** Read by the page, so that no other page loads the table. */
export interface ComparePage {
  readonly query: string;
}

export const page: PageEntry<ComparePage> = {
  decode: (pieces, query) => (pieces.length === 0 ? { query: query.toString() } : undefined),
  encode: ({ query }) => writeAddress(['compare'], new URLSearchParams(query)),
};
