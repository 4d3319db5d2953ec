import { afterAll, expect, test } from 'vitest';
import { useBackend } from '../../src/nn/device.ts';
import { IGNORE } from '../../src/objectives/objective.ts';
import { prepare } from '../../src/training/data.ts';
import { recallExamples } from '../../src/training/recall.ts';
import { runFrom } from '../../src/training/settings.ts';
import { createTrainer } from '../../src/training/trainer.ts';

afterAll(() => useBackend('cpu'));

const run = runFrom({
  architecture: 'transfo-xl',
  pairing: 'following',
  pairingOptions: {},
  noising: 'causal',
  noisingOptions: {},
  maxLength: 32,
  batchSize: 64,
  layers: 1,
  hidden: 8,
  heads: 2,
});
const data = await prepare(run.text);

/** Bits of the three words together for who knows the grammar and sees so many tokens in front of a row's own. */
function bestBits(memory: number): number {
  let nats = 0;
  let words = 0;
  for (const { passage, sequence, example } of recallExamples(data, run)) {
    const { before = [] } = passage;
    const seen = memory > 0 ? before.slice(-memory) : [];
    for (const [place, label] of example.labels.entries()) {
      if (label === IGNORE) continue;
      const text = [...seen, ...sequence.ids.slice(0, place + 1), label];
      nats -= Math.log(data.exact!.nextTokens(text, text.length - 1)!.at(-1)![label]!);
      words += 1;
    }
  }
  return (3 * nats) / words / Math.LN2;
}

test('asked is for what was lost and from where, at the end of stories that were read from their beginning', () => {
  const asked = recallExamples(data, run).flatMap(({ example }) =>
    example.labels.flatMap((label) => (label === IGNORE ? [] : [data.vocabulary.tokens[label]!])),
  );
  // Half of the 200 held-out stories, as the others are cut by the ends of rows or of the last turn.
  expect(asked.length).toBeGreaterThan(300);
  const kinds = asked.map((word) => (/golden|silver|red|blue|green|purple/.test(word) ? 'colour' : 'other'));
  expect(kinds.filter((kind) => kind === 'colour').length / asked.length).toBeCloseTo(1 / 3, 1);
});

test('who has forgotten the opening pays 8.17 bits for the three words, who sees 128 tokens little, who saw all none', () => {
  expect(bestBits(0)).toBeCloseTo(Math.log2(6 * 6 * 8), 1);
  expect(bestBits(128)).toBeLessThan(1);
  expect(bestBits(1000)).toBeCloseTo(0, 6);
});

test('a model that has learned nothing pays for them as for any word', async () => {
  await useBackend('wasm');
  const small = { ...run, training: { ...run.training, batchSize: 200 } };
  const trainer = await createTrainer(small, data);
  const { losses } = await trainer.readBack();
  trainer.dispose();
  expect(losses.causal).toBeGreaterThan(4);
  expect(losses.causal).toBeLessThan(8);
});
