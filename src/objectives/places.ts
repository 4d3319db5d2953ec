import type { Rng } from '../core/rng.ts';
import type { Document } from '../text/document.ts';

/** How many places each document offers, ready to draw one of them in little time. */
export interface Places {
  /** Places of each document. */
  readonly counts: readonly number[];
  readonly total: number;
  /** A document, in proportion to its places. */
  draw(rng: Rng): number;
}

const kept = new WeakMap<readonly Document[], Map<string, Places>>();

/** The places of documents as `countIn` counts them; kept under `key` for as long as the documents are. */
export function placesOf(documents: readonly Document[], key: string, countIn: (document: Document) => number): Places {
  const known = kept.get(documents) ?? new Map<string, Places>();
  kept.set(documents, known);
  const old = known.get(key);
  if (old) return old;
  const counts = documents.map(countIn);
  let total = 0;
  const ends = counts.map((count) => {
    total += count;
    return total;
  });
  const places: Places = {
    counts,
    total,
    draw(rng) {
      const place = rng.int(total);
      let low = 0;
      let high = ends.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (ends[middle]! > place) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
  known.set(key, places);
  return places;
}

/** The documents that have text, all alike: one place each. */
export const filledIn = (documents: readonly Document[]): Places =>
  placesOf(documents, 'documents', ({ sentences }) => Math.min(1, sentences.length));
