import type { Result } from '../figures/claim.ts';
import type { Series } from '../figures/curve.ts';
import { runOf } from '../training/arm.ts';
import type { Experiment, Outcome } from '../training/experiment.ts';

/** By what the models of a claim are compared, in words. */
export const measures = {
  heldOut: 'held-out loss (nats)',
  readBack: 'share of visible tokens named rightly',
  restored: 'share of spans restored exactly',
  apart: 'pairs of a fake and an original told rightly',
  swaps: 'words exchanged within their class, told from the original, in percent',
  pairs: 'right answers in percent',
  texts: 'losses at the end, in nats a hole',
  told: 'words told far before, all of a story together (bits)',
  judged: 'held-out pairs judged rightly, in percent',
  exams: 'loss at the holes of the same held-out rows (nats)',
  moved: 'held-out loss with all places moved (nats)',
  holes: 'bits at a single hole, all other words in the row',
};
export type Measure = keyof typeof measures;

export const betterOf = (measure: Measure): 'lower' | 'higher' =>
  ['heldOut', 'texts', 'told', 'exams', 'moved', 'holes'].includes(measure) ? 'lower' : 'higher';

/** Words of a story that nothing tells but its opening: a colour, an object and a city. */
const toldWords = 3;

/** What the noising of an arm asks: the question that the claim is about. */
export function mainOf(experiment: Experiment, label: string): string {
  const arm = experiment.arms.find((one) => one.label === label);
  return arm ? runOf(experiment, arm, '').recipe.noising : '';
}

/** What the pairing of an arm asks. */
export function pairingOf(experiment: Experiment, label: string): string {
  const arm = experiment.arms.find((one) => one.label === label);
  return arm ? runOf(experiment, arm, '').recipe.pairing : '';
}

const percentOf = (share: number | undefined) => (share === undefined ? undefined : 100 * share);

/** A number a model: its last held-out loss at what the noising asks, or a share that was asked for at the end. */
export const barsOf = (experiment: Experiment, outcomes: readonly Outcome[], measure: Measure): readonly Result[] =>
  experiment.arms.map(({ label: name }, hue) => {
    const main = mainOf(experiment, name);
    const pairing = pairingOf(experiment, name);
    const figure = ({ evaluations, readBack }: Outcome) => {
      if (measure === 'judged') return percentOf(evaluations.at(-1)?.accuracies[pairing]);
      if (measure === 'told') {
        // Words that are asked for beside the others are asked at the end; else they are what is judged.
        const nats = (readBack ?? evaluations.at(-1))?.losses[main];
        return nats === undefined ? undefined : (toldWords * nats) / Math.LN2;
      }
      return betterOf(measure) === 'lower'
        ? evaluations.at(-1)?.losses[main]
        : readBack?.accuracies[measure === 'readBack' ? main : measure];
    };
    return { name, hue, values: outcomes.flatMap((one) => (one.arm === name ? (figure(one) ?? []) : [])) };
  });

/** The best possible loss at what the noising asks, where it was worked out. */
export function bestOf(experiment: Experiment, outcomes: readonly Outcome[]): number | undefined {
  const judged = outcomes.find(({ floors }) => floors);
  return judged?.floors?.best[mainOf(experiment, judged.arm)]?.loss;
}

/** What nobody can surpass, or who knows the grammar has of it. */
export function referencesOf(experiment: Experiment, outcomes: readonly Outcome[], measure: Measure) {
  const judged = outcomes.find(({ floors }) => floors);
  const posterior = outcomes.find(({ readBack }) => readBack)?.readBack?.accuracies.posterior;
  const found: Partial<Record<Measure, readonly [name: string, value: number | undefined]>> = {
    heldOut: ['best possible', bestOf(experiment, outcomes)],
    judged: ['best possible judge', percentOf(judged?.floors?.best[pairingOf(experiment, judged.arm)]?.accuracy)],
    restored: ['exact reader', posterior],
  };
  const [name, value] = found[measure] ?? [];
  return name !== undefined && value !== undefined ? [{ name, value }] : [];
}

/** The held-out losses of each arm, a trace a seed. */
export const seriesOf = (experiment: Experiment, outcomes: readonly Outcome[]): readonly Series[] =>
  experiment.arms.map(({ label: name }, hue) => {
    const main = mainOf(experiment, name);
    const traces = outcomes.filter(({ arm }) => arm === name);
    return {
      name,
      hue,
      traces: traces.map(({ evaluations }) => ({
        training: [],
        heldOut: evaluations.map(({ step, losses }) => [step, losses[main] ?? Number.NaN] as const),
      })),
    };
  });
