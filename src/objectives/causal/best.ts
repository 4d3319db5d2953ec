import type { Judge } from '../best.ts';
import { IGNORE } from '../objective.ts';

/**
 * The best reader from left to right; only for a run of text that belongs together. Where a row reads on, it has read
 * the document so far: who has seen less of it cannot do better.
 */
export const judge: Judge = {
  readsOn: true,
  tolls({ made, exact, relation }) {
    if (relation !== 'consecutive') return undefined;
    const { labels, shift = 0 } = made.example;
    const { a, before = [] } = made.passage;
    const behind = made.sequence.next;
    const next = exact.nextTokens([...before, ...a, ...(behind === undefined ? [] : [behind])], before.length);
    // Place i of the sequence is the (i − frame)-th token of the text.
    const frame = made.sequence.ids.length > a.length ? 1 : 0;
    let nats = 0;
    const peaks: [number, number][] = [];
    for (const [i, label] of labels.entries()) {
      if (label === IGNORE) continue;
      const posterior = next?.[before.length + i + shift - frame];
      if (!posterior) return undefined;
      nats -= Math.log(posterior[label]!);
      peaks.push([i + shift, Math.max(...posterior)]);
    }
    // A window may be cut so that its sentences are taken for others, which cannot say it.
    return Number.isFinite(nats) ? { causal: { nats, places: peaks.length, peaks } } : undefined;
  },
};
