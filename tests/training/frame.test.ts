import { describe, expect, it } from 'vitest';
import type { MapPattern } from '../../src/models/architecture.ts';
import { type Example, IGNORE } from '../../src/objectives/objective.ts';
import { bytesOf, guessesOf, judgedOf, verdictsOf, writtenOf } from '../../src/training/frame.ts';
import { frameAt, frameSteps } from '../../src/training/frames.ts';

const example: Example = { inputIds: [2, 5, 4, 3], segments: [0, 0, 0, 0], labels: [IGNORE, IGNORE, 1, IGNORE] };
const logits = (...shares: readonly number[]) => shares.map(Math.log);

describe('the steps of which a frame is kept', () => {
  it('are about forty, both ends among them, and thin out as a model learns less', () => {
    for (const total of [400, 1500, 10_000]) {
      const steps = frameSteps(total);
      expect([steps[0], steps.at(-1)]).toEqual([0, total]);
      expect(steps.length).toBeGreaterThan(28);
      expect(steps.length).toBeLessThanOrEqual(40);
      const gaps = steps.slice(1).map((step, i) => step - steps[i]!);
      expect(gaps.every((gap, i) => i === 0 || gap >= gaps[i - 1]! - 1)).toBe(true);
    }
    expect(frameSteps(3)).toEqual([0, 1, 2, 3]);
  });

  it('answer for those behind them', () => {
    const frames = [0, 4, 9].map((step) => ({ step, values: {} }));
    expect([0, 3, 4, 100].map((step) => frameAt(frames, step)?.step)).toEqual([0, 0, 4, 9]);
    expect(frameAt([], 3)).toBeUndefined();
  });
});

describe('what a frame says', () => {
  it('of a hidden token are its best guesses, the rank of the truth, and among how many it chooses', () => {
    const row = logits(0.5, 0.25, 0.125, 0.125);
    const data = Float32Array.from([...row, ...row, ...row, ...row]);
    const [guess, ...others] = guessesOf(example, { shape: [1, 4, 4], data });
    expect(others).toEqual([]);
    expect(guess).toMatchObject({ place: 2, truth: { id: 1, share: 0.25 }, rank: 2 });
    expect(guess!.top.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
    // 2 to the entropy of 1.75 bits.
    expect(guess!.among).toBeCloseTo(2 ** 1.75, 3);
  });

  it('of pairs, of tokens and of a written text are shares', () => {
    expect(
      verdictsOf({ shape: [2, 2], data: Float32Array.from([...logits(0.75, 0.25), ...logits(0.5, 0.5)]) }),
    ).toEqual([0.75, 0.5]);
    expect(judgedOf([7, 8], { shape: [1, 3], data: Float32Array.of(Math.log(3), 0, 9) })).toEqual([
      { id: 7, share: 0.75 },
      { id: 8, share: 0.5 },
    ]);
    const data = Float32Array.from([...logits(0.1, 0.7, 0.2), ...logits(0.6, 0.1, 0.3)]);
    expect(writtenOf([1, 0], { shape: [1, 2, 3], data })).toEqual([
      { id: 1, share: 0.7, next: { id: 2, share: 0.2 } },
      { id: 0, share: 0.6, next: { id: 2, share: 0.3 } },
    ]);
  });
});

describe('the bytes of a frame', () => {
  const pattern = (change: Partial<MapPattern>): MapPattern => ({
    name: 'own',
    title: 'own',
    rows: { of: 'input' },
    columns: { of: 'input' },
    taps: ['attention.0'],
    pattern: [],
    ...change,
  });
  const shapes = (one: MapPattern) => ({
    patterns: [one],
    axes: [
      { name: 'attention.0', axes: ['batch', 'head', 'query', 'key'] },
      { name: 'hidden.0', axes: ['batch', 'seq', 'hidden'] },
      { name: 'inner.0', axes: ['batch', 'seq', 'inner'] },
    ],
  });
  const two: Example = { inputIds: [5, 6], segments: [0, 0], labels: [IGNORE, 6] };
  /** One head, three queries of a padded row, each key worth a hundredth of its number. */
  const map = (keys: number) => ({
    shape: [1, 1, 3, keys],
    data: Float32Array.from({ length: 3 * keys }, (_, i) => (10 * Math.floor(i / keys) + (i % keys)) / 100),
  });
  const cells = (keys: number, one: MapPattern) => {
    const { shape, data, scale } = bytesOf({ 'attention.0': map(keys) }, two, shapes(one))['attention.0']!;
    return { shape, cells: Array.from(data, (byte) => Math.round(byte * scale * 100)) };
  };

  it('of a map are cut to the tokens of the text', () => {
    expect(cells(3, pattern({}))).toEqual({ shape: [1, 2, 2], cells: [0, 1, 10, 11] });
  });
  it('of a map behind keys of a remembered text are the text’s own', () => {
    expect(cells(5, pattern({}))).toEqual({ shape: [1, 2, 2], cells: [2, 3, 12, 13] });
  });
  it('of a look at another text begin at its first key, and a row a place where rows are few', () => {
    const written = { ...two, decoderInputIds: [1, 2, 3] };
    const cross = pattern({ rows: { of: 'decoder' } });
    const found = bytesOf({ 'attention.0': map(5) }, written, shapes(cross))['attention.0']!;
    expect(found.shape).toEqual([1, 3, 2]);
    expect(cells(3, pattern({ rows: { of: 'input', places: [1] } }))).toEqual({ shape: [1, 1, 2], cells: [0, 1] });
  });
  it('of states and of feed-forwards come back to within half of a byte', () => {
    const state = Float32Array.from({ length: 3 * 16 }, (_, i) => Math.sin(i));
    const inner = Float32Array.of(1, -1, 0, 2, 9, 9);
    const found = bytesOf(
      { 'hidden.0': { shape: [1, 3, 16], data: state }, 'inner.0': { shape: [1, 3, 2], data: inner } },
      two,
      shapes(pattern({})),
    );
    const { shape, data, scale } = found['hidden.0']!;
    expect(shape).toEqual([2, 12]);
    for (let token = 0; token < 2; token++)
      for (let k = 0; k < 12; k++)
        expect(Math.abs(data[token * 12 + k]! * scale - state[token * 16 + k]!)).toBeLessThan(scale);
    const { data: means, scale: size } = found['inner.0']!;
    expect(Array.from(means, (byte) => byte * size)).toEqual([expect.closeTo(1, 2), expect.closeTo(1, 2)]);
  });
});
