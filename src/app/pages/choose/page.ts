import { writeAddress } from '../../address.ts';
import type { PageEntry } from '../../page.ts';

/** Read by the page, so that no other page loads the questions. */
export interface ChoosePage {
  readonly query: string;
}

export const page: PageEntry<ChoosePage> = {
  decode: (pieces, query) => (pieces.length === 0 ? { query: query.toString() } : undefined),
  encode: ({ query }) => writeAddress(['choose'], new URLSearchParams(query)),
};
