import { type Cross, cellOfSeeds } from '../figures/cross.ts';
import type { Experiment, Outcome } from '../training/experiment.ts';

/** The classes of words that something tells, from what stands beside them to what stands a sentence away. */
const told: readonly (readonly [id: string, title: string])[] = [
  ['city', 'city'],
  ['simile', 'simile'],
  ['food', 'food'],
  ['weather', 'weather'],
  ['weekday', 'weekday'],
  ['hero', 'hero'],
  ['place', 'place'],
];

/** How often a word that was exchanged for another of its class is told from the original, in percent, by class. */
export function swapsByClass({ arms }: Experiment, outcomes: readonly Outcome[]): Cross {
  const shares = (arm: string, id: string) =>
    outcomes.flatMap((one) => (one.arm === arm ? (one.readBack?.accuracies[`apart.${id}`] ?? []) : []));
  const classes = told.filter(([id]) => arms.some(({ label }) => shares(label, id).length > 0));
  return {
    rowsAre: 'trained',
    columnsAre: 'word exchanged',
    rows: arms.map(({ label }) => label),
    columns: classes.map(([, title]) => title),
    cells: arms.map(({ label }) => classes.map(([id]) => cellOfSeeds(shares(label, id).map((share) => 100 * share)))),
    from: 50,
    to: 100,
  };
}
