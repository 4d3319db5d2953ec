import type { AnyBlueprint } from './architecture.ts';

const found = import.meta.glob<AnyBlueprint>('./*/spec.ts', { eager: true, import: 'blueprint' });

/** Every architecture by its id, found by folder; holds no tensor, so the page may read it. */
export const blueprints: Readonly<Record<string, AnyBlueprint>> = Object.fromEntries(
  Object.values(found).map((blueprint) => [blueprint.id, blueprint]),
);
