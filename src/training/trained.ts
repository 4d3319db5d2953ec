import { AppError } from '../core/errors.ts';
import type { Data } from './data.ts';
import { blueprintOf } from './model.ts';
import type { ModelRef, Run } from './run.ts';
import { runFrom } from './settings.ts';
import type { RunStore } from './store.ts';
import type { Trained, Use } from './trained-model.ts';
import type { Given } from './trainer.ts';

const missing = (field: Use): AppError =>
  new AppError(
    'unavailable',
    `The trained model that this run ${field === 'start' ? 'begins with' : 'learns from'} is not kept in this browser. Train it here or add its file, or leave it out.`,
    field,
  );

async function fetchTrained(ref: ModelRef, field: Use, of: Run, data: Data, store: RunStore): Promise<Trained> {
  if ('file' in ref) {
    const bytes = await store.file(ref.file);
    if (!bytes) throw missing(field);
    // Few runs begin with a file, and what reads one is large.
    const { readModel } = await import('./model-file.ts');
    return readModel(bytes, data, field);
  }
  if ('stored' in ref) {
    const { storedModel } = await import('./stored-model.ts');
    return storedModel(ref.stored, of, data, field);
  }
  const run = runFrom(ref.run);
  const state = await store.load(run, ref.step);
  if (!state) throw missing(field);
  return { ...blueprintOf(run, data.vocabulary.size), weights: state.weights };
}

/** The trained models that a run begins with and learns from. Throws `unavailable` where one is not kept here. */
export async function trainedFor(run: Run, data: Data, store: RunStore): Promise<Given> {
  const { start, teacher } = run.model;
  return {
    start: start && (await fetchTrained(start, 'start', run, data, store)),
    teacher: teacher && !('exact' in teacher) ? await fetchTrained(teacher, 'teacher', run, data, store) : undefined,
  };
}
