import { beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { blueprints } from '../../../src/models/catalog.ts';
import * as tf from '../../../src/nn/tf.ts';
import { cases, twins } from '../../../src/panels/stages/places/twins.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { runFrom } from '../../../src/training/settings.ts';
import { createTrainer } from '../../../src/training/trainer.ts';

let data: Data;
beforeAll(async () => {
  await tf.useBackend('wasm');
  data = await prepare(runFrom({}).text);
});

/** How far apart the answers of a fresh model at two holes are, in a row of nothing but holes. */
async function apart(architecture: string, options: object, isFramed: boolean): Promise<number> {
  const run = runFrom({
    architecture,
    layers: 2,
    hidden: 16,
    heads: 2,
    batchSize: 2,
    pairingOptions: { sentences: 1 },
    maxLength: 24,
    positions: 'largeSinusoids',
    architectureOptions: { initStd: 0.5, ...options },
  });
  const trainer = await createTrainer(run, data);
  const { maskId, classifyId, separateId } = data.vocabulary;
  const holes = Array.from({ length: 6 }, () => maskId);
  const inputIds = isFramed ? [classifyId, ...holes, separateId] : holes;
  const name = `logits.${blueprints[architecture]!.questions.mlm!.logits}`;
  const example = { inputIds, segments: inputIds.map(() => 0), labels: inputIds };
  const { data: scores, shape } = (await trainer.inspect([example], [name]))[name]!;
  trainer.dispose();
  const wide = shape.at(-1)!;
  const at = (place: number) => scores.slice(place * wide, (place + 1) * wide);
  const [one, other] = isFramed ? [at(1), at(5)] : [at(0), at(4)];
  return Math.max(...[...one].map((score, i) => Math.abs(score - other[i]!)));
}

describe('what is said of two holes in a row of nothing but holes', () => {
  test.each(cases)('is so for $reader.name, framed: $isFramed', async ({ reader, isFramed, right }) => {
    const architecture = reader.name === 'BERT' ? 'bert' : 'deberta';
    const far = await apart(architecture, reader.options ?? {}, isFramed);
    if (right === 'no' || right === 'alone') expect(far).toBeLessThan(1e-5);
    else expect(far).toBeGreaterThan(1e-3);
  });
  test('is asked of all of them in turn', () => {
    const text = { documents: data.train, vocabulary: data.vocabulary };
    const asked = Array.from({ length: 100 }, (_, seed) => twins(text, createRng('twins').fork(String(seed))));
    const seen = new Set(asked.map(({ prompt, rows }) => `${prompt} ${rows[0]!.chips[0]!.token}`));
    expect(seen.size).toBe(cases.length);
    for (const { rows } of asked) {
      expect(rows[0]!.chips.filter(({ scored }) => scored).map(({ token }) => token)).toEqual(['[MASK]', '[MASK]']);
    }
  });
});
