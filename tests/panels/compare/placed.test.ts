import { expect, test } from 'vitest';
import { course, loadLesson } from '../../../src/app/lessons.ts';
import { type Placed, unknownIn } from '../../../src/panels/compare/placed.ts';

test.each(course.map(({ slug }) => slug))(
  'the tables of systems in %s name rows and columns that there are',
  async (slug) => {
    const { acts } = (await loadLesson(slug))!;
    const tables = acts.flatMap(({ steps }) =>
      steps.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.kind !== 'prose' && part.name === 'compare' ? [part] : [])),
      ),
    );
    expect(tables.flatMap(({ props }) => unknownIn(props as Placed))).toEqual([]);
  },
);
