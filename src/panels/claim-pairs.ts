import { type Cross, type CrossCell, cellOfSeeds } from '../figures/cross.ts';
import { pairingFacts } from '../objectives/facts.ts';
import { runOf } from '../training/arm.ts';
import type { Experiment, Outcome } from '../training/experiment.ts';

/** Who was trained on which pairs, and how many pairs of each kind they then judge rightly, in percent. */
export function crossOf(experiment: Experiment, outcomes: readonly Outcome[]): Cross {
  const { arms, judgedOn = [] } = experiment;
  const own = new Map(arms.map((arm) => [arm.label, runOf(experiment, arm, '').recipe.pairing]));
  const bestOf = (pairing: string): number | undefined =>
    outcomes.find(({ arm, floors }) => own.get(arm) === pairing && floors)?.floors?.best[pairing]?.accuracy;

  function cellOf(arm: string, pairing: string): CrossCell | undefined {
    const shares = outcomes.flatMap((one) =>
      one.arm === arm ? (one.judgedOn?.[pairing]?.accuracies[pairing] ?? []) : [],
    );
    const best = own.get(arm) === pairing ? bestOf(pairing) : undefined;
    return cellOfSeeds(
      shares.map((share) => 100 * share),
      best && 100 * best,
    );
  }

  return {
    rowsAre: 'trained on',
    columnsAre: 'tested on',
    rows: arms.map(({ label }) => label),
    columns: judgedOn.map((pairing) => pairingFacts[pairing]?.title ?? pairing),
    cells: arms.map(({ label }) => judgedOn.map((pairing) => cellOf(label, pairing))),
    from: 50,
    to: 100,
  };
}
