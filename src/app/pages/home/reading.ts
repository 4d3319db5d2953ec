import type { PaperId } from '../../../core/papers.ts';
import { course, type Entry } from '../../lessons.ts';
import { outlines } from '../../outlines.ts';
import { readSeen } from '../../storage.ts';
import { stepAddress } from '../lesson/page.ts';
import { type Progress, progressOf, together } from './progress.ts';

/** The lessons on a paper. */
export const lessonsOf = (paper: PaperId): readonly Entry[] => course.filter(({ source }) => source.paper === paper);

/** How far a reader came in the whole course. */
export interface Reading {
  readonly of: (lesson: Entry) => Progress;
  readonly all: Omit<Progress, 'step'>;
  readonly paper: (paper: PaperId) => Omit<Progress, 'step'>;
  /** The lesson to go on with: the first that is not read to its end; the first of all once every one is. */
  readonly next: Entry | undefined;
  /** Where a lesson was left. */
  readonly addressOf: (lesson: Entry) => string;
}

/** As this browser remembers it now. */
export function readCourse(): Reading {
  const read = new Map(
    course.map(({ slug }) => [
      slug,
      progressOf(
        (outlines.get(slug)?.steps ?? []).map(({ id }) => id),
        readSeen(slug),
      ),
    ]),
  );
  const of = ({ slug }: Entry): Progress => read.get(slug)!;
  return {
    of,
    all: together([...read.values()]),
    paper: (paper) => together(lessonsOf(paper).map(of)),
    next: course.find((lesson) => !of(lesson).isDone) ?? course[0],
    addressOf: (lesson) => stepAddress(lesson.slug, of(lesson).step),
  };
}
