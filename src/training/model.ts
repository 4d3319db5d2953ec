import { AppError } from '../core/errors.ts';
import type { AnyBlueprint } from '../models/architecture.ts';
import { blueprints } from '../models/catalog.ts';
import { noisings } from '../objectives/catalog.ts';
import type { RunConfig } from './protocol.ts';

const asksOf = (noising: string) => noisings[noising]?.asks;

/** Whether an architecture can say what a noising asks for. */
export const canLearn = ({ answers }: AnyBlueprint, noising: string): boolean =>
  answers.some((answer) => answer === asksOf(noising));

/** An architecture names its losses after its own recipe; in a run they go by the run's objectives. */
export function lossName(name: string, { recipe }: AnyBlueprint, run: Pick<RunConfig, 'pairing' | 'noising'>): string {
  if (name === recipe.noising) return run.noising;
  return name === recipe.pairing ? run.pairing : name;
}

/** The architecture of a run and its configuration at the run's size: pure, so the page may ask too. */
export function blueprintOf(
  run: RunConfig,
  vocabSize: number,
): { readonly blueprint: AnyBlueprint; readonly config: object } {
  const blueprint = blueprints[run.architecture];
  if (!blueprint)
    throw new AppError(
      'bad-option',
      `There is no architecture called "${run.architecture}". Choose one from the list.`,
      'architecture',
    );
  const able = Object.values(blueprints).filter((one) => canLearn(one, run.noising));
  if (!able.includes(blueprint))
    throw new AppError(
      'bad-option',
      `${blueprint.name} cannot be trained with "${run.noising}": it lacks the heads or streams. Choose ${able.map(({ name }) => name).join(' or ')}.`,
      'architecture',
    );
  const { layers, hidden, heads, dropout, maxLength, positions } = run;
  const sized = blueprint.resize(blueprint.toy, { layers, hidden, heads, dropout, maxLength, vocabSize });
  // A model that is asked for the next token must not see it.
  const mask = asksOf(run.noising) === 'next token' ? { causal: true } : {};
  return { blueprint, config: { ...sized, positions, ...mask, ...run.architectureOptions } };
}
