import type { Data } from '../training/data.ts';
import type { Run } from '../training/run.ts';
import type { Trained } from '../training/trained-model.ts';
import { createFetched } from './fetched.svelte.ts';

/** A teacher and a student, as they were stored. */
export interface TwoTrained {
  readonly teacher: Trained;
  readonly student: Trained;
  /** The student as it begins, where it takes its first numbers from the teacher. */
  readonly begun: Trained | undefined;
}

/**
 * Fetches the weights of two stored runs, a teacher's and its student's, when they are looked at. To be called while a
 * component is set up.
 */
export function createTwoTrained(
  names: () => readonly [teacher: string, student: string],
  run: () => Run,
  data: () => Data | undefined,
): { readonly current: TwoTrained | undefined; readonly problem: string | undefined } {
  return createFetched(() => {
    const [text, [first, second], of] = [data(), names(), run()];
    return text && fetchBoth(first, second, of, text);
  });
}

async function fetchBoth(first: string, second: string, run: Run, data: Data): Promise<TwoTrained> {
  const { storedModel } = await import('../training/stored-model.ts');
  const [teacher, student] = await Promise.all([
    storedModel(first, run, data, 'teacher'),
    storedModel(second, run, data, 'start'),
  ]);
  return { teacher, student, begun: await begunFrom(teacher, student) };
}

/** Every number of a DistilBERT comes from its teacher; that of another kind has some of its own. */
async function begunFrom(teacher: Trained, student: Trained): Promise<Trained | undefined> {
  if (student.blueprint.id !== 'distilbert') return undefined;
  const { startFrom } = await import('../models/distilbert/start.ts');
  const of = ({ config, weights: state }: Trained) => ({ config, state });
  return { ...student, weights: startFrom(of(student) as never, of(teacher)) };
}
