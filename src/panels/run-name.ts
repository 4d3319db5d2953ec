import { blueprints } from '../models/catalog.ts';
import { noisingFacts } from '../objectives/facts.ts';
import { stepsOf } from '../training/phases.ts';
import type { Run } from '../training/run.ts';

/** A run at a step, in the words by which one tells it from others. */
export function nameOf({ model, recipe, ...rest }: Run, step: number): string {
  const { layers, hidden } = model.size;
  const of = `${layers} × ${hidden}, seed ${rest.seed}, step ${step} of ${stepsOf(rest)}`;
  return `${blueprints[model.architecture]?.name}: ${noisingFacts[recipe.noising]?.name.toLowerCase()}, ${of}`;
}

/** A number of bytes as one would say it: `640 kB`, `3.2 MB`. */
export function size(bytes: number): string {
  if (bytes < 999_500) return `${Math.max(1, Math.round(bytes / 1000)).toLocaleString('en')} kB`;
  const millions = bytes / 1e6;
  return `${millions < 99.95 ? millions.toFixed(1) : Math.round(millions).toLocaleString('en')} MB`;
}
