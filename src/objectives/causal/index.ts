import { type Example, IGNORE, type Noising, type Sequence } from '../objective.ts';
import type { Taped } from '../tape.ts';
import { type CausalOptions, facts } from './facts.ts';

/** Which tokens are asked for is fixed by the text: each step is one place and the place that has to say it. */
type CausalStep = { readonly kind: 'next'; readonly about: number; readonly chance: 1 };

export type CausalDraws = Taped<CausalStep>;

/** The tokens of a sequence and, where the text goes on, the one behind them, which the last place has to say. */
const known = ({ ids, next }: Sequence): readonly number[] => (next === undefined ? ids : [...ids, next]);

function apply(sequence: Sequence, { steps }: CausalDraws): Example {
  const { ids, segments } = sequence;
  const labels = ids.map(() => IGNORE);
  for (const { about } of steps) labels[about - 1] = known(sequence)[about]!;
  return {
    inputIds: ids,
    segments,
    labels,
    shift: 1,
    order: ids.map((_, position) => position),
  };
}

/**
 * Left-to-right language modelling. `labels[i]` is the token at i + 1, which place i has to say, so that a model with
 * a causal mask is read where its answer stands. Nothing is random here: the steps are the places in their order.
 */
export const objective: Noising<CausalOptions, CausalDraws> = {
  ...facts,
  draw: (sequence, { mode }, vocabulary) => ({
    steps: known(sequence).flatMap((id, about) => {
      const isAsked = about > 0 && (mode === 'reference' || !vocabulary.isSpecial(id));
      return isAsked ? [{ kind: 'next' as const, about, chance: 1 as const }] : [];
    }),
  }),
  apply,
  explain: ({ ids }, { steps }) =>
    steps
      .filter(({ about }) => about < ids.length)
      .map(({ about }) => ({ position: about, kind: 'asked', text: 'predicted from what is left of it' })),
  decisions: (sequence, { steps }, vocabulary) =>
    steps.map(({ about, chance }) => {
      const token = vocabulary.tokens[known(sequence)[about]!];
      const question = 'Which one is predicted next?';
      if (about === sequence.ids.length) return { question, answer: `the one behind the row (${token})`, chance };
      return { question, answer: `${about} (${token})`, position: about, chance };
    }),
  upTo: (draws, count) => ({ steps: draws.steps.slice(0, Math.max(0, count)) }),
  redraw: (_, draws) => draws,
  slots: (_, length, goesOn = false) => (goesOn ? length : length - 1),
  ask: (input, positions) =>
    apply(input, {
      steps: positions.filter((about) => about > 0).map((about) => ({ kind: 'next', about, chance: 1 })),
    }),
};
