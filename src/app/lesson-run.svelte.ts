import type { Lesson } from '../lesson.ts';
import type { StoredRun } from './stored-runs.ts';

interface Source {
  readonly slug: () => string;
  readonly lesson: () => Lesson | undefined;
  /** The stored run that is named; absent: the lesson's own. */
  readonly named?: () => string | undefined;
  /** Whether a lab is there to show it. */
  readonly hasLab: () => boolean;
}

/**
 * The stored run of a lesson, fetched where a lab shows it or a picture asks for it. To be called while a component is
 * set up.
 */
export function createLessonRun({ slug, lesson, named = () => undefined, hasLab }: Source) {
  let found = $state.raw<StoredRun>();
  let isNeeded = $state(false);
  $effect(() => {
    const [run, name] = [lesson()?.run, named()];
    if (!run || !(isNeeded || hasLab())) return;
    import('./stored-runs.ts').then(({ storedFor }) => {
      if (name === named()) found = storedFor(run, slug(), name);
    });
  });
  return {
    get found() {
      return found;
    },
    need(): void {
      isNeeded = true;
    },
  };
}
