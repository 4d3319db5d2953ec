import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { softmax } from '../../src/training/frame.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { readPlainly } from '../../src/training/plain-encoder.ts';
import { readRecording, readWeights } from '../../src/training/recording.ts';
import { runOfKey } from '../../src/training/settings.ts';

/** A stored run at its end, and what it said then. */
async function stored(id: string, folder = '10-distillation') {
  const file = (kind: string) => readFileSync(`lessons/${folder}/recordings/${id}.${kind}.bin`);
  const recording = await readRecording(file('frames'));
  const { key, states } = await readWeights(file('weights'));
  const weights = new Map(Object.entries(states.at(-1)!.weights));
  return { recording, model: { ...blueprintOf(runOfKey(key), recording.tokens.length), weights } };
}

test.each(['teacher', 'student'])(
  'the %s of lesson 10 says in plain numbers what it said when it was stored',
  async (id) => {
    const { recording, model } = await stored(id);
    const [example] = recording.probe.examples;
    const frame = recording.frames.at(-1)!;
    const reading = readPlainly(model, example!.inputIds);
    expect(frame.guesses).toHaveLength(3);
    // Weights are stored in 16 bits.
    for (const { place, top } of frame.guesses!) {
      const shares = softmax(reading.logitsAt(place));
      for (const { id: token, share } of top) expect(shares[token]).toBeCloseTo(share, 2);
    }
    reading.maps.forEach((map, i) => {
      const { data, scale } = frame.values[`attention.${i}`]!;
      const most = map.reduce((far, share, k) => Math.max(far, Math.abs(share - data[k]! * scale)), 0);
      expect(most).toBeLessThan(0.02);
    });
  },
);

test.each([
  ['causal', 'a triangle', (i: number) => `attention.${i}`],
  ['rtd', 'the judge of the text that was filled in', (i: number) => `discriminator.attention.${i}`],
  ['denoise', 'the encoder', (i: number) => `encoder.attention.${i}`],
] as const)('the stored run %s looks in plain numbers where it looked: %s', async (id, _, tap) => {
  const { recording, model } = await stored(id, '00-recipes');
  const frame = recording.frames.at(-1)!;
  const ids = frame.judged?.map((one) => one.id) ?? recording.probe.examples[0]!.inputIds;
  const { maps } = readPlainly(model, ids);
  expect(maps).toHaveLength(2);
  maps.forEach((map, i) => {
    const { data, scale, shape } = frame.values[tap(i)]!;
    expect(map).toHaveLength(shape.reduce((all, size) => all * size, 1));
    const most = map.reduce((far, share, k) => Math.max(far, Math.abs(share - data[k]! * scale)), 0);
    expect(most).toBeLessThan(0.02);
  });
});
