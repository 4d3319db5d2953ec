import { writeAddress } from '../../address.ts';
import type { PageEntry } from '../../page.ts';

/** A run as `run-address.ts` writes it; it is read by the page, so that no other page loads the catalogs. */
export interface PlayState {
  readonly run: string;
}

export const page: PageEntry<PlayState> = {
  link: { label: 'Playground', order: 2 },
  decode: (pieces, query) => (pieces.length === 0 ? { run: query.toString() } : undefined),
  encode: ({ run }) => writeAddress(['play'], new URLSearchParams(run)),
};
