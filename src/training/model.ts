import { AppError } from '../core/errors.ts';
import type { AnyBlueprint, Question } from '../models/architecture.ts';
import { blueprints } from '../models/catalog.ts';
import { noisingFacts, pairingFacts } from '../objectives/facts.ts';
import type { Run } from './run.ts';

const asksOf = (noising: string) => noisingFacts[noising]?.asks;

/** Whether an architecture can say what a noising asks for. */
export const canLearn = ({ answers }: AnyBlueprint, noising: string): boolean =>
  answers.some((answer) => answer === asksOf(noising));

type Objectives = Pick<Run, 'recipe'>;

/** What a run calls a loss: by the objective that asks for it, or as the architecture does where it is its own. */
export const lossName = (name: string, { questions }: AnyBlueprint, run: Objectives): string => {
  const from = questions[name]?.from;
  return from === 'noising' || from === 'pairing' ? run.recipe[from] : name;
};

/** A question of a run, with the title of whoever asks it. */
export type TitledQuestion = Question & { readonly title: string };

/** What each loss of a run asks, by its name in the run; empty for an architecture that there is not. */
export function questionsOf(run: Pick<Run, 'recipe' | 'model'>): Readonly<Record<string, TitledQuestion>> {
  const blueprint = blueprints[run.model.architecture];
  if (!blueprint) return {};
  const asked = {
    noising: noisingFacts[run.recipe.noising],
    pairing: pairingFacts[run.recipe.pairing],
    own: undefined,
  };
  return Object.fromEntries(
    Object.entries(blueprint.questions).map(([own, question]) => {
      const objective = asked[question.from];
      const title = question.title ?? objective?.title ?? objective?.name.toLowerCase() ?? own;
      return [lossName(own, blueprint, run), { ...question, title }];
    }),
  );
}

/** The architecture of a run and its configuration at the run's size: pure, so the page may ask too. */
export function blueprintOf(
  run: Pick<Run, 'recipe' | 'model'>,
  vocabSize: number,
): { readonly blueprint: AnyBlueprint; readonly config: object } {
  const blueprint = blueprints[run.model.architecture];
  if (!blueprint)
    throw new AppError(
      'bad-option',
      `There is no architecture called "${run.model.architecture}". Choose one from the list.`,
      'architecture',
    );
  const able = Object.values(blueprints).filter((one) => canLearn(one, run.recipe.noising));
  if (!able.includes(blueprint))
    throw new AppError(
      'bad-option',
      `${blueprint.name} cannot be trained with "${run.recipe.noising}": it lacks the heads or streams. Choose ${able.map(({ name }) => name).join(' or ')}.`,
      'architecture',
    );
  const { size, positions, options } = run.model;
  const toy = { ...blueprint.toy, ...options };
  const sized = blueprint.resize(toy, { ...size, maxLength: run.recipe.maxLength, vocabSize });
  // A model that is asked for the next token must not see it.
  const mask = asksOf(run.recipe.noising) === 'next token' ? { causal: true } : {};
  return { blueprint, config: { ...sized, positions, ...mask, ...options } };
}
