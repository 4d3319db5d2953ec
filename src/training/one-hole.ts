import { createRng } from '../core/rng.ts';
import { classesIn, type Made } from '../objectives/make.ts';
import { heldOutExamples } from './batches.ts';
import type { Data } from './data.ts';
import { askFor } from './hiding.ts';
import type { HoleKind } from './protocol.ts';
import type { Run } from './run.ts';

/** A held-out row with one hole, and where it is. */
export interface OneHole {
  readonly made: Made;
  readonly place: number;
}

/** Held-out rows that are looked through for places of a kind. */
const looked = 1024;

/** Held-out rows that have a place of this kind, hidden behind `[MASK]` and asked for, with all else in sight. */
export function oneHole(data: Data, run: Run, kind: HoleKind): readonly OneHole[] {
  const { vocabulary, classes } = data;
  if (!classes) return [];
  const rng = createRng('one hole');
  return heldOutExamples(data, run, looked).flatMap((made, row) => {
    const { ids } = made.sequence;
    const known = classesIn(made, classes);
    const places = ids.flatMap((_id, place) => {
      const next = ids[place + 1];
      const isOne = known?.[place] === kind.class && next !== undefined && vocabulary.tokens[next] === kind.next;
      return isOne ? [place] : [];
    });
    const place = places[rng.fork(`row ${row}`).int(Math.max(1, places.length))];
    if (place === undefined) return [];
    const example = askFor(made.sequence, [place], vocabulary);
    // A generator reads its own row; else it would draw for itself what it is shown.
    return [{ made: { ...made, example: { ...example, generatorIds: example.inputIds } }, place }];
  });
}

/**
 * Nats that the exact reader pays for the words in these holes if it sees `sight` tokens to either side of each and no
 * more, on average; undefined where the text has no exact reader.
 */
export function leastNats(data: Data, holes: readonly OneHole[], sight: number): number | undefined {
  const { exact } = data;
  if (!exact || holes.length === 0) return;
  let nats = 0;
  for (const { made, place } of holes) {
    const { ids } = made.sequence;
    const seen = ids.map((id, i) => (i !== place && Math.abs(i - place) <= sight ? id : null));
    const [posterior] = exact.read(ids)?.posteriors(seen, [place]) ?? [];
    if (!posterior) return;
    nats -= Math.log(posterior[ids[place]!]!);
  }
  return nats / holes.length;
}
