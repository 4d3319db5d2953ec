import { type Cross, cellOfSeeds } from '../figures/cross.ts';
import { meanOf } from '../figures/spread.ts';
import type { Experiment, Outcome } from '../training/experiment.ts';
import { mainOf } from './claim-measures.ts';

/** What a run that learns from few documents lost at its end: on its own holes, on new ones there, and on new text. */
export function lossesByText(experiment: Experiment, outcomes: readonly Outcome[]): Cross {
  const rows = experiment.arms.map((arm) => {
    const name = mainOf(experiment, arm.label);
    const ended = outcomes.filter((one) => one.arm === arm.label);
    const of = (loss: (one: Outcome) => number | undefined) => ended.flatMap((one) => loss(one) ?? []);
    return [
      of(({ batches }) => batches?.at(-1)?.losses[name]),
      of(({ evaluations }) => evaluations.at(-1)?.sets?.sameText?.losses[name]),
      of(({ evaluations }) => evaluations.at(-1)?.losses[name]),
    ];
  });
  return {
    rowsAre: 'masks of a row',
    columnsAre: 'loss on',
    rows: experiment.arms.map(({ label }) => label),
    columns: ['its own holes', 'new holes, same text', 'new text'],
    cells: rows.map((row) => row.map((values) => cellOfSeeds(values))),
    from: 0,
    to: Math.max(1, ...rows.flatMap((row) => row.map((values) => (values.length > 0 ? meanOf(values) : 0)))),
    digits: 2,
  };
}
