import type { Lesson } from '../lesson.ts';
import type { Summary } from './lessons/plugin.ts';
import { slugOf } from './lessons/slug.ts';

const summaries = import.meta.glob<Summary>('../../lessons/*/lesson.md', {
  eager: true,
  query: '?summary',
  import: 'default',
});
const whole = import.meta.glob<Lesson>('../../lessons/*/lesson.md', { import: 'default' });

/** A lesson in the list of the course. */
export interface Entry extends Summary {
  readonly slug: string;
}

/** The slug of the folder that a file lies in. */
export const slugIn = (path: string): string => slugOf(path.split('/').at(-2) ?? '');

/** The course in order, found by folder: the number before a slug orders it. */
export const course: readonly Entry[] = Object.entries(summaries)
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([path, summary]) => ({ ...summary, slug: slugIn(path) }));

/** The whole of a lesson; undefined when there is none of that name. */
export async function loadLesson(slug: string): Promise<Lesson | undefined> {
  const load = Object.entries(whole).find(([path]) => slugIn(path) === slug)?.[1];
  return load?.();
}
