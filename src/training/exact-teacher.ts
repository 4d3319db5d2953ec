import { AppError } from '../core/errors.ts';
import type { Batch } from '../models/architecture.ts';
import * as tf from '../nn/tf.ts';
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

  return {
    teach({ ids, segments, keep, positions, labels, weights }: Batch) {
      const [rows = 1, seq = 1] = ids.shape;
      const asked = new Array<number>(rows * seq).fill(IGNORE);
      const [places, truths, counts] = [positions, labels, weights].map((one) => one?.dataSync() ?? []);
      truths?.forEach((truth, slot) => {
        if (counts?.[slot]) asked[places![slot]!] = truth;
      });
      const [seen, kinds, real] = [ids, segments, keep].map((one) => Array.from(one.dataSync()));
      const logits = new Float32Array(rows * seq * vocabulary.size).fill(never);
      for (let row = 0; row < rows; row++) {
        const part = (all: readonly number[]) => all.slice(row * seq, row * seq + length);
        const length = real!.slice(row * seq, (row + 1) * seq).filter(Boolean).length;
        logits.set(rowOf(part(seen!), part(asked), part(kinds!)), row * seq * vocabulary.size);
      }
      return new Map([[own, tf.tensor(logits, [rows, seq, vocabulary.size])]]);
    },
    dispose: () => undefined,
  };
}
