import { AppError } from '../core/errors.ts';
import type { AnyBlueprint } from '../models/architecture.ts';
import { blueprints } from '../models/catalog.ts';
import type { RunConfig } from './protocol.ts';

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
  const { layers, hidden, heads, dropout, maxLength, positions } = run;
  const sized = blueprint.resize(blueprint.toy, { layers, hidden, heads, dropout, maxLength, vocabSize });
  return { blueprint, config: { ...sized, positions, ...run.architectureOptions } };
}
