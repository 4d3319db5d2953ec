import type { Judge } from '../best.ts';
import { IGNORE } from '../objective.ts';

/** The best reader in an order: each target from what its row of the permutation mask lets it see. */
export const judge: Judge = {
  sightings: ({ made }) => made.sequence.ids,
  tolls({ made, scene }) {
    const { ids } = made.sequence;
    const { labels, permMask } = made.example;
    const asked = labels.flatMap((label, position) => (label === IGNORE ? [] : [position]));
    let nats = 0;
    const peaks: [number, number][] = [];
    for (const position of asked) {
      const seen = ids.map((id, j) => (permMask?.[position]?.[j] === 0 ? id : null));
      const [posterior] = scene.posteriors(seen, [position]);
      if (!posterior) return undefined;
      nats -= Math.log(posterior[ids[position]!]!);
      peaks.push([position, Math.max(...posterior)]);
    }
    return { plm: { nats, places: asked.length, peaks } };
  },
};
