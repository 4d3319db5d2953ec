import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { splitter as deberta } from '../../src/panels/terms/deberta.ts';
import { gelu, sharesOf } from '../../src/panels/terms/numbers.ts';
import type { Reading } from '../../src/panels/terms/terms.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { type Recording, readRecording, readWeights } from '../../src/training/recording.ts';
import { runOfKey } from '../../src/training/settings.ts';

const file = (kind: string) =>
  new Uint8Array(readFileSync(`lessons/13-content-and-place/recordings/fill-in.${kind}.bin`));
let reading: Reading;
let recording: Recording;
beforeAll(async () => {
  recording = await readRecording(file('frames'));
  const { key, states } = await readWeights(file('weights'));
  const ids = recording.probe.examples[0]!.inputIds;
  const weights = states.at(-1)!.weights;
  reading = { ...blueprintOf(runOfKey(key), recording.tokens.length), weights, ids, firstPlace: 0 };
});
const stages = { 'layer.0': 'attention.0', 'decoder.0': 'decoder.attention.0', 'decoder.1': 'decoder.attention.1' };

describe('the scores of a stored DeBERTa, taken apart', () => {
  test('its stages are the layers in front of the mask decoder, and its two turns', () => {
    expect(deberta.stages(reading.config).map(({ id }) => id)).toEqual(Object.keys(stages));
  });

  test.each(Object.entries(stages))('%s: the terms add up to the look that was recorded of it', (stage, tap) => {
    const { shape, data, scale } = recording.frames.at(-1)!.values[tap]!;
    const n = reading.ids.length;
    expect(shape).toEqual([deberta.heads(reading.config), n, n]);
    for (let head = 0; head < shape[0]!; head++) {
      const { terms, total } = deberta.split(reading, stage, head);
      const apart = total.map((sum, at) => Math.abs(sum - terms.reduce((all, { map }) => all + map[at]!, 0)));
      expect(Math.max(...apart)).toBeLessThan(1e-12);
      const shares = sharesOf(total, n);
      // Kept were bytes, and of the weights 16 bits.
      const far = shares.map((share, at) => Math.abs(share - data[head * n * n + at]! * scale));
      expect(Math.max(...far)).toBeLessThan(0.5 / 255 + 0.004);
    }
  });

  test('moved to other places, nothing of a layer in front changes, and of the decoder only what absolute places add', () => {
    const moved = { ...reading, firstPlace: 5 };
    expect(deberta.split(moved, 'layer.0', 1)).toEqual(deberta.split(reading, 'layer.0', 1));
    const [before, after] = [reading, moved].map((one) => deberta.split(one, 'decoder.0', 1).terms);
    const changed = before!.filter(({ map }, k) => map.some((value, at) => value !== after![k]!.map[at]));
    expect(changed.map(({ id }) => id)).toEqual(['absolute']);
  });

  test('what asks by content is the same for the same word at the same distance, whatever stands there', () => {
    const { ids } = reading;
    const n = ids.length;
    const { terms } = deberta.split(reading, 'layer.0', 0);
    const of = (id: string) => terms.find((term) => term.id === id)!.map;
    const [first, second] = [ids.indexOf(ids[3]!), ids.lastIndexOf(ids[3]!)];
    expect(second).toBeGreaterThan(first);
    const at = (map: Float64Array, i: number) => map[i * n + i + 2]!;
    expect(ids[first + 2]).not.toBe(ids[second + 2]);
    expect(at(of('c2p'), first)).toBeCloseTo(at(of('c2p'), second), 12);
    expect(at(of('p2c'), first)).not.toBeCloseTo(at(of('p2c'), second), 3);
  });
});

test('gelu is that of the normal distribution', () => {
  expect([-1, 0, 1, 3].map(gelu)).toEqual([-0.15865525, 0, 0.84134475, 2.9959503].map((x) => expect.closeTo(x, 6)));
});
