import type { Headings } from './lessons/plugin.ts';
import { slugIn } from './lessons.ts';
import { type Outline, outlineOf } from './outline.ts';

const headings = import.meta.glob<Headings>('../../lessons/*/lesson.md', {
  eager: true,
  query: '?headings',
  import: 'default',
});

/** The outline of every lesson by its slug. */
export const outlines: ReadonlyMap<string, Outline> = new Map(
  Object.entries(headings).map(([path, acts]) => [slugIn(path), outlineOf(acts)]),
);
