import { AppError } from '../core/errors.ts';
import { build, flatten, sizeOf } from '../core/params.ts';
import type { Rng } from '../core/rng.ts';
import type { Batch } from '../models/architecture.ts';
import { loadForward, loadStart } from '../models/forwards.ts';
import { taught } from '../models/shared/taught.ts';
import { initialState } from '../nn/init.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import type { Arrays } from '../objectives/batch.ts';
import type { Data } from './data.ts';
import { blueprintOf } from './model.ts';
import type { Run } from './run.ts';
import { type Trained, unfit } from './trained-model.ts';

/** A trained model that says what it makes of each batch. */
export interface Teacher {
  /** By the student's own names; the caller disposes of them. `arrays` is what the batch was made of. */
  teach(batch: Batch, arrays: Arrays): ReadonlyMap<string, Tensor>;
  dispose(): void;
}

/** Whom a run learns from; undefined where it learns from labels alone. */
export async function teacherOf(run: Run, data: Data, model: Trained | undefined): Promise<Teacher | undefined> {
  const { teacher } = run.model;
  if (!teacher || !('exact' in teacher)) return model && createTeacher(run, data, model);
  const { createExactTeacher } = await import('./exact-teacher.ts');
  return createExactTeacher(run, data);
}

/** Makes a teacher ready for the student of a run. Throws `bad-option` where that one learns from labels alone. */
export async function createTeacher(run: Run, data: Data, model: Trained): Promise<Teacher> {
  const student = blueprintOf(run, data.vocabulary.size);
  const { teacher } = student.blueprint;
  if (!teacher)
    throw new AppError(
      'bad-option',
      `${student.blueprint.name} has nothing to learn from a teacher. Leave the teacher out, or choose another architecture.`,
      'teacher',
    );
  const wanted = teacher.taps(student.config, model);
  const forward = await loadForward(model.blueprint.id);
  const tensors = new Map(
    flatten(model.blueprint.spec(model.config)).map(([name, { shape }]) => {
      const values = model.weights.get(name);
      if (values?.length !== sizeOf(shape)) throw unfit(`${model.blueprint.name}: ${name}`, 'teacher');
      return [name, tf.keep(tf.tensor(values, [...shape]))] as const;
    }),
  );
  const params = build(model.blueprint.spec(model.config), (name) => tensors.get(name)!);
  return {
    teach: (batch) => taught({ forward, params, config: model.config }, wanted, batch),
    dispose: () => tf.dispose([...tensors.values()]),
  };
}

/**
 * The numbers a run begins with: drawn from its seed, or taken from a trained model, weight by weight where it is of
 * the same kind and size, else as the architecture says. Throws `bad-option` where that cannot be.
 */
export async function beginning(
  run: Run,
  data: Data,
  rng: Rng,
  start: Trained | undefined,
): Promise<ReadonlyMap<string, Float32Array>> {
  const { blueprint, config } = blueprintOf(run, data.vocabulary.size);
  const spec = blueprint.spec(config);
  const drawn = initialState(spec, rng);
  if (!start) return drawn;
  const { weights } = start;
  const isSame = [...drawn].every(([name, values]) => weights.get(name)?.length === values.length);
  if (isSame && start.blueprint === blueprint) return weights;
  const startFrom = await loadStart(run.model.architecture);
  if (!startFrom) throw unfit(`${blueprint.name} from ${start.blueprint.name}`, 'start');
  return startFrom({ config, state: drawn }, { config: start.config, state: weights });
}
