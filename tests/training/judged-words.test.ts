import { describe, expect, test } from 'vitest';
import { experimentOf } from '../../src/app/experiments.ts';
import { IGNORE } from '../../src/objectives/objective.ts';
import { cities, similes } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { heldOutExamples } from '../../src/training/batches.ts';
import { prepare } from '../../src/training/data.ts';
import { floorsOf } from '../../src/training/floors.ts';
import { runFrom } from '../../src/training/settings.ts';

const judgedWords = [...cities, ...similes].flat();
const common = { judgedWords, maxLength: 36, batchSize: 16 };
const apart = runFrom({ ...common, noisingOptions: { count: 'content', maskShare: 1, randomShare: 0 } });
const inOrder = runFrom({ ...common, architecture: 'xlnet', noising: 'plm', noisingOptions: { share: 0.5 } });

describe('a run that is judged by some words', () => {
  test.each([
    ['holes', apart],
    ['an order', inOrder],
  ])('is asked for all of these in a row, both of a pair, and for no other: %s', async (_, run) => {
    const data = await prepare(run.text);
    for (const { sequence, example } of heldOutExamples(data, run, 128)) {
      const asked = example.labels.map((label) => label !== IGNORE);
      expect(asked).toEqual(sequence.ids.map((id) => judgedWords.includes(data.vocabulary.tokens[id]!)));
      expect(asked.filter(Boolean).length % 2).toBe(0);
      expect(asked).toContain(true);
    }
  });
  test('pays at best for both words of a pair where they are holes, and for one of them along an order', async () => {
    const data = await prepare(apart.text);
    const best = (run: typeof apart, of: string) => floorsOf(data, run).best[of]!.loss;
    const alone = best(apart, 'mlm');
    expect(alone).toBeGreaterThan(Math.log(8) - 1e-9);
    expect(alone).toBeLessThan(Math.log(10) + 1e-9);
    expect(best(inOrder, 'plm')).toBeCloseTo(alone / 2, 9);
  });
  test('is what the lesson on permuted orders compares', () => {
    const { base } = experimentOf('permutation', 'pairs')!;
    expect(base.judgedWords).toEqual(cities.flat());
  });
  test('says so in its settings; a list without words is refused', () => {
    expect(inOrder.recipe.judgedWords).toEqual(judgedWords);
    expect(() => runFrom({ judgedWords: [] })).toThrow();
  });
});
