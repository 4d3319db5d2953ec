import { type Cross, cellOfSeeds } from '../figures/cross.ts';
import { meanOf } from '../figures/spread.ts';
import type { Experiment, Outcome } from '../training/experiment.ts';
import { mainOf } from './claim-measures.ts';

/** What each arm loses on the same held-out rows when they begin at another place than those it learned from. */
export function lossesByPlace(experiment: Experiment, outcomes: readonly Outcome[]): Cross {
  const { arms, firstPlaces = [] } = experiment;
  const rows = arms.map(({ label }) => {
    const ended = outcomes.filter(({ arm }) => arm === label);
    const main = mainOf(experiment, label);
    return firstPlaces.map((place) => ended.flatMap(({ from }) => from?.[place]?.losses[main] ?? []));
  });
  return {
    rowsAre: 'model',
    columnsAre: 'rows begin at place',
    rows: arms.map(({ label }) => label),
    columns: firstPlaces.map(String),
    cells: rows.map((row) => row.map((values) => cellOfSeeds(values))),
    from: 0,
    to: Math.max(1, ...rows.flatMap((row) => row.map((values) => (values.length > 0 ? meanOf(values) : 0)))),
    digits: 2,
  };
}
