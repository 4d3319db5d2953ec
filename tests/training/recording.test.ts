import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/training/probed.ts';
import { halfOf, writeRecording, writeWeights, writeWithin } from '../../src/training/record-file.ts';
import { fromHalf, type Recording, readRecording, readWeights } from '../../src/training/recording.ts';

const map = (...data: number[]) => ({ shape: [1, 2, 2], data: Uint8Array.from(data), scale: 1 / 255 });
const state = (...data: number[]) => ({ shape: [2, 2], data: Int8Array.from(data), scale: 0.01 });
const frames: readonly Frame[] = [
  { step: 0, values: { 'attention.0': map(255, 0, 128, 127), 'hidden.0': state(-128, 127, 0, 3) }, verdicts: [0.5] },
  { step: 1, values: { 'attention.0': map(0, 255, 127, 128), 'hidden.0': state(127, -128, 1, 2) }, verdicts: [0.6] },
  // A text that was written may be longer.
  { step: 2, values: { 'attention.0': { ...map(1, 2, 3, 4, 5, 6), shape: [1, 2, 3] } } },
];
const recording: Recording = {
  version: 1,
  key: 'run x',
  device: 'none',
  command: 'npm run experiment -- a/b',
  date: '2026-11-29',
  tokens: ['[PAD]', 'the', 'ö'],
  text: { sentence: 'the', hidden: [1] },
  probe: { examples: [{ inputIds: [1], segments: [0], labels: [1] }], original: [1] },
  frames,
};

describe('a recording', () => {
  it('comes back as it was', async () => {
    expect(await readRecording(await writeRecording(recording))).toEqual(recording);
  });

  it('that is mangled, cut, or of another version is refused in a sentence', async () => {
    const file = await writeRecording(recording);
    const other = await writeRecording({ ...recording, version: 2 as 1 });
    for (const bytes of [file.slice(0, 40), Uint8Array.of(1, 2, 3), new Uint8Array(), other])
      await expect(readRecording(bytes)).rejects.toMatchObject({ code: 'bad-file', message: /could not be read/ });
  });

  it('that would take more room than it may loses frames, never its ends', async () => {
    const noisy = Array.from({ length: 20 }, (_, step) => ({
      step,
      values: {
        a: {
          shape: [1000],
          scale: 1,
          data: Uint8Array.from({ length: 1000 }, (_v, i) => 1e7 * Math.sin(i * 13.7 + step * 1.234)),
        },
      },
    }));
    const whole = (await writeRecording({ ...recording, frames: noisy })).length;
    const file = await writeWithin({ ...recording, frames: noisy }, whole * 0.6);
    expect(file.length).toBeLessThanOrEqual(whole * 0.6);
    const { frames: kept } = await readRecording(file);
    expect(kept.length).toBeGreaterThan(3);
    expect([kept[0], kept.at(-1)]).toEqual([noisy[0], noisy[19]]);
    for (const frame of kept) expect(frame).toEqual(noisy[frame.step]);
  });

  it('takes less than a tenth of maps that hardly change', async () => {
    const still = Array.from({ length: 40 }, (_, step) => ({
      step,
      values: {
        a: { shape: [1, 64, 64], scale: 1, data: Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251) },
      },
    }));
    const bytes = (await writeRecording({ ...recording, frames: still })).length;
    expect(bytes).toBeLessThan((40 * 4096) / 10);
  });
});

describe('weights of 16 bits', () => {
  it.each([
    [0, 0],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [1e6, 0x7c00],
    [2 ** -24, 1],
    [2 ** -14, 0x0400],
    [0.1, 0x2e66],
    [1 + 1 / 2048, 0x3c00],
    [1 + 3 / 2048, 0x3c02],
  ])('%d is %d', (value, bits) => {
    expect(halfOf(value)).toBe(bits);
  });

  it('come back to within half of their last place', async () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 2 ** ((i % 30) - 20));
    const states = [{ step: 7, weights: { 'model.a': values, 'model.b': Float32Array.of(0.5) } }];
    const read = await readWeights(await writeWeights({ version: 1, key: 'run x', states }));
    expect(read.key).toBe('run x');
    const found = read.states[0]!.weights['model.a']!;
    values.forEach((value, i) => {
      expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(Math.max(2 ** -25, Math.abs(value) * 2 ** -11));
    });
    expect(read.states[0]!.weights['model.b']).toEqual(Float32Array.of(0.5));
  });

  it('every finite half goes there and back', () => {
    for (let bits = 0; bits < 0x7c00; bits += 7) expect(halfOf(fromHalf(bits))).toBe(bits);
  });
});
