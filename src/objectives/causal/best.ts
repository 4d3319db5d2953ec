import type { Judge } from '../best.ts';
import { IGNORE } from '../objective.ts';

/** The best reader from left to right; only for a run of text that belongs together. */
export const judge: Judge = {
  tolls({ made, exact, relation }) {
    if (relation !== 'consecutive') return undefined;
    const { labels, shift = 0 } = made.example;
    const next = exact.nextTokens(made.sequence.ids);
    let nats = 0;
    let places = 0;
    for (const [i, label] of labels.entries()) {
      if (label === IGNORE) continue;
      const posterior = next?.[i + shift];
      if (!posterior) return undefined;
      nats -= Math.log(posterior[label]!);
      places += 1;
    }
    return { causal: { nats, places } };
  },
};
