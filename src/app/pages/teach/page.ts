import { writeAddress } from '../../address.ts';
import type { PageEntry } from '../../page.ts';

export interface TeachState {
  /** The lesson whose plan is shown; empty: the list of all. */
  readonly slug: string;
}

export const page: PageEntry<TeachState> = {
  decode: ([slug = '', ...more]) => (more.length === 0 ? { slug } : undefined),
  encode: ({ slug }) => writeAddress(['teach', slug]),
};
