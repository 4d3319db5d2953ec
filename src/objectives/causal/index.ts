import { type Example, IGNORE, type Noising, type Sequence } from '../objective.ts';
import type { Taped } from '../tape.ts';
import { type CausalOptions, facts } from './facts.ts';

/** Which tokens are asked for is fixed by the text: each step is one place and the place that has to say it. */
type CausalStep = { readonly kind: 'next'; readonly about: number; readonly chance: 1 };

export type CausalDraws = Taped<CausalStep>;

function apply({ ids, segments }: Sequence, { steps }: CausalDraws): Example {
  const labels = ids.map(() => IGNORE);
  for (const { about } of steps) labels[about - 1] = ids[about]!;
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
  draw: ({ ids }, { mode }, vocabulary) => ({
    steps: ids.flatMap((id, about) => {
      const isAsked = about > 0 && (mode === 'reference' || !vocabulary.isSpecial(id));
      return isAsked ? [{ kind: 'next' as const, about, chance: 1 as const }] : [];
    }),
  }),
  apply,
  explain: (_, { steps }) =>
    steps.map(({ about }) => ({ position: about, kind: 'asked', text: 'predicted from what is left of it' })),
  decisions: ({ ids }, { steps }, vocabulary) =>
    steps.map(({ about, chance }) => ({
      question: 'Which one is predicted next?',
      answer: `${about} (${vocabulary.tokens[ids[about]!]})`,
      position: about,
      chance,
    })),
  upTo: (draws, count) => ({ steps: draws.steps.slice(0, Math.max(0, count)) }),
  redraw: (_, draws) => draws,
  slots: (_, length) => length - 1,
  ask: (input, positions) =>
    apply(input, {
      steps: positions.filter((about) => about > 0).map((about) => ({ kind: 'next', about, chance: 1 })),
    }),
};
