import { expect, test } from 'vitest';
import { runFrom } from '../../src/training/settings.ts';
import { recordingCost } from './recording.ts';

test('a step of which no frame is kept draws as much with recording as without, one with a frame some more', async () => {
  const run = runFrom({
    corpus: 'own',
    ownText: Array.from({ length: 40 }, (_, i) => `the ${i} cats sat on a mat`).join('.\n\n'),
    vocabSize: 192,
    layers: 1,
    hidden: 16,
    heads: 2,
    batchSize: 4,
    steps: 200,
    evaluateEvery: 1000,
  });
  const probe = { sentence: 'the cats sat on a mat', hidden: [2] };
  const ends = Array.from({ length: 40 }, (_, i) => i + 1);
  const { blocks } = await recordingCost(run, probe, ends);
  // The first makes what all others use again.
  const [, ...warm] = blocks;
  const more = (isFramed: boolean) =>
    warm.flatMap(({ frames, draws }) => (frames > 0 === isFramed ? [draws.on - draws.off] : []));
  expect(new Set(more(false))).toEqual(new Set([0]));
  expect(Math.min(...more(true))).toBeGreaterThan(0);
});
