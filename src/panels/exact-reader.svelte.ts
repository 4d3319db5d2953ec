import { corpora } from '../text/catalog.ts';
import type { Exact } from '../text/exact.ts';
import type { Data } from '../training/data.ts';

/** The best possible reader of a text, as far as it is known. */
export interface ExactReader {
  /** Undefined where the text has no grammar, and until it is fetched. */
  readonly current: Exact | undefined;
  readonly isComing: boolean;
}

/**
 * What the grammar of a text makes of it, where it has one: fetched for whoever asks, for it is large. To be called
 * while a component is set up.
 */
export function createExactReader(corpus: () => string, data: () => Data | undefined): ExactReader {
  let fetched = $state.raw<Exact>();
  let isComing = $state(true);
  $effect(() => {
    const text = data();
    if (!text) return undefined;
    let isLate = false;
    isComing = true;
    const done = (found?: Exact) => {
      if (isLate) return;
      fetched = found;
      isComing = false;
    };
    const coming = text.exact ? Promise.resolve(text.exact) : corpora[corpus()]?.exact?.(text.vocabulary);
    Promise.resolve(coming).then(done, () => done());
    return () => {
      isLate = true;
      fetched = undefined;
    };
  });
  return {
    get current() {
      return data()?.exact ?? fetched;
    },
    get isComing() {
      return isComing;
    },
  };
}
