import { flatten } from '../../core/params.ts';
import type { AnyBlueprint } from '../../models/architecture.ts';

/** The shape of every weight by its name, its part first. */
export const weightShapes = (blueprint: AnyBlueprint, config: object): ReadonlyMap<string, readonly number[]> =>
  new Map(
    Object.entries(blueprint.spec(config)).flatMap(([part, spec]) =>
      flatten(spec, part).map(([name, { shape }]) => [name, shape] as const),
    ),
  );
