import { AppError } from '../core/errors.ts';
import * as tf from '../nn/tf.ts';
import type { Arrays } from '../objectives/batch.ts';
import { tokenPosteriors } from '../objectives/best.ts';
import { IGNORE } from '../objectives/objective.ts';
import { type Data, recipeOf } from './data.ts';
import { blueprintOf } from './model.ts';
import type { Run } from './run.ts';
import type { Teacher } from './teacher.ts';

/** ln of what the exact reader holds for impossible: beside it everything else is certain, and no number overflows. */
const never = -20;

const refuse = (why: string): never => {
  throw new AppError('bad-option', `The exact reader cannot be the teacher: ${why}. Choose another one.`, 'teacher');
};

/**
 * The best reader there is as a teacher, on a text whose grammar is known: at each place that is asked for it says the
 * exact posterior, elsewhere what stands there. Throws `bad-option` where a student has no use for probabilities of
 * tokens, or the posterior is not known.
 */
export function createExactTeacher(run: Run, data: Data): Teacher {
  const { exact, vocabulary } = data;
  const { blueprint } = blueprintOf(run, vocabulary.size);
  const own = blueprint.teacher?.probabilities;
  if (own === undefined) return refuse(`${blueprint.name} does not learn from probabilities alone`);
  if (!exact) return refuse('nobody knows how likely this text is');
  const recipe = recipeOf(run);

  /** Logits of one row, [seq, vocab]: originals is what stood there before the noise. */
  function rowOf(ids: readonly number[], labels: readonly number[], segments: readonly number[]): Float32Array {
    const originals = ids.map((id, place) => (labels[place] === IGNORE ? id : labels[place]!));
    const logits = new Float32Array(ids.length * vocabulary.size).fill(never);
    originals.forEach((id, place) => {
      logits[place * vocabulary.size + id] = 0;
    });
    const sequence = { ids: originals, segments };
    const example = { inputIds: ids, segments, labels };
    const made = { pair: undefined, noise: undefined, notes: [], passage: { a: originals }, sequence, example };
    for (const { place, probabilities } of tokenPosteriors(recipe, made, exact!, vocabulary) ?? [])
      probabilities.forEach((p, id) => {
        logits[place * vocabulary.size + id] = Math.max(never, Math.log(p));
      });
    return logits;
  }

  /** What was said of a batch that is asked again: held-out ones are, at every evaluation. */
  const said = new WeakMap<Arrays, Float32Array>();
  function logitsOf(arrays: Arrays): Float32Array {
    const known = said.get(arrays);
    if (known) return known;
    const { rows, length: seq, ids, segments, keep, positions, labels, weights } = arrays;
    const asked = new Array<number>(rows * seq).fill(IGNORE);
    labels.forEach((truth, slot) => {
      if (weights[slot]) asked[positions[slot]!] = truth;
    });
    const logits = new Float32Array(rows * seq * vocabulary.size).fill(never);
    for (let row = 0; row < rows; row++) {
      const from = row * seq;
      const length = keep.subarray(from, from + seq).filter(Boolean).length;
      const part = (all: ArrayLike<number>) => Array.from({ length }, (_, place) => all[from + place]!);
      logits.set(rowOf(part(ids), part(asked), part(segments)), from * vocabulary.size);
    }
    said.set(arrays, logits);
    return logits;
  }

  return {
    teach: ({ ids }, arrays) => new Map([[own, tf.tensor(logitsOf(arrays), [...ids.shape, vocabulary.size])]]),
    dispose: () => undefined,
  };
}
