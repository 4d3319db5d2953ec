import { type Cross, cellOfSeeds } from '../figures/cross.ts';
import { meanOf } from '../figures/spread.ts';
import { pairingFacts } from '../objectives/facts.ts';
import type { Experiment, Outcome } from '../training/experiment.ts';
import { mainOf } from './claim-measures.ts';

/** What each arm loses at its noising's question on held-out rows of each kind, whichever it learned from. */
export function lossesByExam(experiment: Experiment, outcomes: readonly Outcome[]): Cross {
  const { arms, judgedOn = [] } = experiment;
  const rows = arms.map(({ label }) => {
    const ended = outcomes.filter(({ arm }) => arm === label);
    const main = mainOf(experiment, label);
    return judgedOn.map((pairing) => ended.flatMap((one) => one.judgedOn?.[pairing]?.losses[main] ?? []));
  });
  return {
    rowsAre: 'trained on',
    columnsAre: 'judged on',
    rows: arms.map(({ label }) => label),
    columns: judgedOn.map((pairing) => pairingFacts[pairing]?.name ?? pairing),
    cells: rows.map((row) => row.map((values) => cellOfSeeds(values))),
    from: 0,
    to: Math.max(1, ...rows.flatMap((row) => row.map((values) => (values.length > 0 ? meanOf(values) : 0)))),
    digits: 2,
  };
}
