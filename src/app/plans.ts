import type { Plan } from './lessons/plan.ts';
import { slugIn } from './lessons.ts';

const files = import.meta.glob<Plan>('../../lessons/*/plan.yaml', { import: 'default' });

/** The lessons that have a plan for a class. */
export const planned: ReadonlySet<string> = new Set(Object.keys(files).map(slugIn));

/** The plan of a lesson; undefined where nobody has written one. */
export async function loadPlan(slug: string): Promise<Plan | undefined> {
  return Object.entries(files).find(([path]) => slugIn(path) === slug)?.[1]();
}
