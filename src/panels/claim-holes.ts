import { type Cross, cellOfSeeds } from '../figures/cross.ts';
import type { Experiment, Outcome } from '../training/experiment.ts';
import type { Evaluation } from '../training/protocol.ts';

const bitsOf = (nats: number): number => nats / Math.LN2;

/** What each arm pays at single holes of each kind, in bits, and what it could know with the sight that it has. */
export function bitsByHole({ arms, holes = [] }: Experiment, outcomes: readonly Outcome[]): Cross {
  const at = (arm: string, hole: string): readonly Evaluation[] =>
    outcomes.flatMap((one) => (one.arm === arm ? (one.holes?.[hole] ?? []) : []));
  const cells = holes.map(({ name }) =>
    arms.map(({ label }) => {
      const found = at(label, name);
      const best = found[0]?.losses.best;
      return cellOfSeeds(
        found.map(({ losses }) => bitsOf(losses.mlm ?? Number.NaN)),
        best === undefined ? undefined : bitsOf(best),
      );
    }),
  );
  return {
    rowsAre: 'hidden',
    columnsAre: 'model',
    rows: holes.map(({ name }) => name),
    columns: arms.map(({ label }) => label),
    cells,
    from: 0,
    to: 4,
    digits: 2,
    bestIs: '≥',
  };
}
