import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import * as tf from '../../src/nn/tf.ts';
import { tokenPosteriors } from '../../src/objectives/best.ts';
import { makeExample } from '../../src/objectives/make.ts';
import { IGNORE } from '../../src/objectives/objective.ts';
import { stack } from '../../src/training/batches.ts';
import { type Data, prepare, recipeOf } from '../../src/training/data.ts';
import { createExactTeacher } from '../../src/training/exact-teacher.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';
import { toTensors } from '../../src/training/tensors.ts';
import { createTrainer } from '../../src/training/trainer.ts';

const run = runFrom({
  architecture: 'distilbert',
  teacher: { exact: true },
  layers: 1,
  hidden: 8,
  heads: 2,
  batchSize: 3,
  maxLength: 40,
});
let data: Data;
beforeAll(async () => {
  await tf.useBackend('cpu');
  data = await prepare(run.text);
});

describe('the exact reader as a teacher', () => {
  it('says the exact posterior at each place asked, and elsewhere what stands there', () => {
    const { vocabulary, exact, train } = data;
    const made = Array.from({ length: 3 }, (_, row) =>
      makeExample(train, recipeOf(run), vocabulary, createRng(`row ${row}`), { row, rows: 3, turn: 0 }),
    );
    const arrays = stack(
      made.map(({ example }) => example),
      run,
      vocabulary.padId,
    );
    const [[name, logits]] = [...createExactTeacher(run, data).teach(toTensors(arrays), arrays)] as [
      [string, tf.Tensor],
    ];
    expect(name).toBe('logits');
    const said = tf.softmax(logits).arraySync() as number[][][];
    let holes = 0;
    made.forEach((one, row) => {
      for (const { place, probabilities } of tokenPosteriors(recipeOf(run), one, exact!, vocabulary)!) {
        holes += 1;
        probabilities.forEach((p, id) => {
          expect(said[row]![place]![id]).toBeCloseTo(p, 5);
        });
      }
      one.example.inputIds.forEach((id, place) => {
        if (one.example.labels[place] === IGNORE) expect(said[row]![place]![id]).toBeGreaterThan(0.9999);
      });
    });
    expect(holes).toBeGreaterThan(5);
  });

  it('teaches by its probabilities and by the labels, without hidden states', async () => {
    const trainer = await createTrainer(run, data);
    const before = await trainer.evaluate();
    const { losses } = await trainer.advance();
    expect(Object.keys(losses).sort()).toEqual(['distillation', 'mlm']);
    expect(losses.distillation).toBeGreaterThan(0);
    expect(before.losses.mlm).toBeGreaterThan(0);
    trainer.dispose();
  });

  it('is refused where nobody learns from probabilities, and where nobody knows the grammar', async () => {
    expect(() => createExactTeacher(withSettings(run, { architecture: 'bert' }), data)).toThrow(
      'BERT does not learn from probabilities alone',
    );
    expect(() => createExactTeacher(run, { ...data, exact: undefined })).toThrow('nobody knows how likely');
  });
});
