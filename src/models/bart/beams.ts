/** One unfinished or finished text of a beam search; `ids` begin with the start token. */
export interface Beam {
  readonly ids: readonly number[];
  /** Sum of the log-probabilities of all tokens but the first. */
  readonly logProbability: number;
}

/** A finished text and its score: the sum of log-probabilities over the number of written tokens to the power of the penalty. */
export interface Finished extends Beam {
  readonly score: number;
}

/** One row's search. */
export interface Search {
  /** Best first; as many as there are beams (at the start one). */
  readonly open: readonly Beam[];
  /** Best first, at most as many as there are beams. */
  readonly finished: readonly Finished[];
  /** Whether no open text can still enter the finished ones. */
  readonly done: boolean;
}

export interface BeamOptions {
  readonly beams: number;
  /** The longest text, start token included. */
  readonly maxLength: number;
  /** Above 0 longer texts score better. Wu et al. 2016, eq. 14, without its constant. */
  readonly lengthPenalty: number;
  readonly eosId: number;
}

export const begin = (startId: number): Search => ({
  open: [{ ids: [startId], logProbability: 0 }],
  finished: [],
  done: false,
});

const best = <T>(items: readonly T[], count: number, of: (item: T) => number): T[] =>
  [...items].sort((a, b) => of(b) - of(a)).slice(0, count);

/**
 * One token more for every open text. Twice as many continuations as beams are looked at, so that enough stay open even
 * if all of the best ones end; only those among the best `beams` may end. `logProbabilities[k]` is the row of the k-th open text.
 * Stops, as the reference does, when the best open text would score worse than the worst of a full set of finished ones.
 */
export function extend(search: Search, logProbabilities: readonly ArrayLike<number>[], options: BeamOptions): Search {
  const { beams, maxLength, lengthPenalty, eosId } = options;
  const continuations: { beam: Beam; id: number; sum: number }[] = [];
  search.open.forEach((beam, k) => {
    const row = Array.from(logProbabilities[k]!, (value, id) => ({ beam, id, sum: beam.logProbability + value }));
    continuations.push(...best(row, 2 * beams, ({ sum }) => sum));
  });
  const tops = best(continuations, 2 * beams, ({ sum }) => sum);
  const written = (search.open[0]?.ids.length ?? 1) + 1;
  const over = (id: number) => id === eosId || written >= maxLength;
  const toBeam = ({ beam, id, sum }: (typeof tops)[number]): Beam => ({ ids: [...beam.ids, id], logProbability: sum });

  const ended = tops
    .slice(0, beams)
    .filter(({ id }) => over(id))
    .map((top) => ({ ...toBeam(top), score: top.sum / (written - 1) ** lengthPenalty }));
  const finished = best([...search.finished, ...ended], beams, ({ score }) => score);
  const open = tops
    .filter(({ id }) => !over(id))
    .slice(0, beams)
    .map(toBeam);
  const hope = open[0] ? open[0].logProbability / (written - 1) ** lengthPenalty : Number.NEGATIVE_INFINITY;
  const worst = finished.length === beams ? finished[beams - 1]!.score : Number.NEGATIVE_INFINITY;
  return { open, finished, done: open.length === 0 || hope <= worst };
}
