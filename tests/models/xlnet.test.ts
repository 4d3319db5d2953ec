import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Batch } from '../../src/models/architecture.ts';
import { patternsOf } from '../../src/models/pictures.ts';
import { distances } from '../../src/models/shared/relative.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { forward } from '../../src/models/xlnet/forward.ts';
import { hub } from '../../src/models/xlnet/hub.ts';
import { blueprint } from '../../src/models/xlnet/spec.ts';
import { init } from '../../src/nn/init.ts';
import { relativeShift } from '../../src/nn/positions.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';
import '../support/pictures.ts';

beforeAll(() => tf.useBackend('cpu'));

const config = { ...blueprint.toy, vocabSize: 24, hidden: 8, heads: 2, inner: 12, initStd: 0.3 };

/** Logits [slots, vocab] of the sample batch with another token at one place, slot by slot. */
function logitsWith(place?: { row: number; at: number; id: number }): number[][] {
  let rows: number[][] = [];
  tf.tidy(() => {
    const batch = sampleBatch();
    const ids = batch.ids.arraySync() as number[][];
    if (place) ids[place.row]![place.at] = place.id;
    const changed: Batch = { ...batch, ids: tf.tensor2d(ids, undefined, 'int32') };
    const params = init(blueprint.spec(config), createRng(1));
    rows = forward(params, config, changed, {
      training: false,
      rng: createRng(2),
    }).logits.logits!.arraySync() as number[][];
  });
  return rows;
}

describe('XLNet', () => {
  it.each([
    'xlnet-fresh',
    'xlnet-noise',
    'xlnet-targets-fresh',
    'xlnet-targets-noise',
    'xlnet-memory-fresh',
    'xlnet-memory-noise',
  ])('gives the logits, attentions, hidden states and memory of the reference: %s', (name) =>
    expectAgreement(name, ['logits', 'mems', 'hidden_states', 'attentions']),
  );

  it('has as many weights as the reference at the size of its own example', () => {
    const example = { ...blueprint.toy, vocabSize: 64, hidden: 32, inner: 64 };
    expect(count(blueprint.spec(example))).toBe(21_344);
    expect(flatten(blueprint.spec(example).model).length).toBe(3 + 17 * 2);
  });

  // In the first row places 1 and 4 are asked for, in this order: slots 0 and 1.
  it('does not let a target see its own token', () => {
    const before = logitsWith();
    expect(logitsWith({ row: 0, at: 1, id: 20 })[0]).toEqual(before[0]);
    expect(logitsWith({ row: 0, at: 4, id: 20 })[1]).toEqual(before[1]);
  });

  it('lets a later target see the token of an earlier one, and not the other way round', () => {
    const before = logitsWith();
    expect(logitsWith({ row: 0, at: 1, id: 20 })[1]).not.toEqual(before[1]);
    expect(logitsWith({ row: 0, at: 4, id: 20 })[0]).toEqual(before[0]);
  });

  it('lets every target see what is not asked for', () => {
    const before = logitsWith();
    const after = logitsWith({ row: 0, at: 2, id: 20 });
    expect(after[0]).not.toEqual(before[0]);
    expect(after[1]).not.toEqual(before[1]);
    expect(after[2]).toEqual(before[2]);
  });

  it('gives the last call’s memory the last steps, time first', () => {
    tf.tidy(() => {
      const kept = { ...config, memoryLength: 4, reuseLength: 3 };
      const params = init(blueprint.spec(kept), createRng(1));
      const context = { training: false, rng: createRng(2) };
      const first = forward(params, kept, sampleBatch(), { ...context, memory: [] });
      expect(first.memory!.map(({ shape }) => shape)).toEqual([
        [3, 3, 8],
        [3, 3, 8],
      ]);
      const second = forward(params, kept, sampleBatch(), { ...context, memory: first.memory });
      expect(second.memory![0]!.shape).toEqual([4, 3, 8]);
      expect(second.loss!.dataSync()[0]).not.toBe(first.loss!.dataSync()[0]);
    });
  });

  it('carries a memory for each layer where it keeps one, and all of it is in sight in front of the text', () => {
    const kept = { ...config, memoryLength: 4 };
    expect(blueprint.carries!(config)).toEqual([]);
    expect(blueprint.carries!(kept).map(({ name }) => name)).toEqual(['memory.0', 'memory.1']);
    tf.tidy(() => {
      const params = init(blueprint.spec(kept), createRng(1));
      const context = { training: false, rng: createRng(2) };
      const { memory } = forward(params, kept, sampleBatch(), { ...context, memory: [] });
      expect(memory!.map(({ shape }) => shape)).toEqual([
        [4, 3, 8],
        [4, 3, 8],
      ]);
      const names = ['attention.0', 'query.attention.1'];
      const seen = new Map<string, number[][][][]>();
      const tap = tapFor(names, (name, value) => seen.set(name, value.arraySync() as number[][][][]));
      forward(params, kept, sampleBatch(), { ...context, memory, tap });
      const [permMask] = sampleBatch().permMask!.arraySync() as number[][][];
      const firstRow = { inputIds: [5, 7, 9, 11, 6, 8], labels: [-100, 14, -100, -100, 15, -100], permMask };
      const patterns = patternsOf(blueprint, kept, firstRow);
      for (const name of names) {
        const { pattern } = patterns.find(({ taps }) => taps.includes(name))!;
        for (const head of seen.get(name)![0]!)
          expect(head.map((row) => row.map((share) => share > 0))).toEqual(
            pattern.map((row) => [true, true, true, true, ...row]),
          );
      }
    });
  });

  it.each([
    [{ attn_type: 'uni' }, '"bi" is needed'],
    [{ d_model: 12, n_head: 3, d_head: 6 }, '4 is needed'],
  ])('refuses a configuration that it cannot compute: %o', (json, reason) => {
    expect(() => hub.fromConfig({ model_type: 'xlnet', ...json })).toThrow(reason);
  });
});

describe('relative positions', () => {
  it('have a row a distance, all sines before all cosines', () => {
    const table = distances(2, 3, 4, 0).arraySync() as number[][];
    expect(table.length).toBe(5);
    expect(table[3]).toEqual([0, 0, 1, 1]);
    [Math.sin(3), Math.sin(0.03), Math.cos(3), Math.cos(0.03)].forEach((value, i) => {
      expect(table[0]![i]).toBeCloseTo(value, 6);
    });
    expect((distances(2, 3, 4, 1).arraySync() as number[][])[0]).toEqual(
      (distances(2, 3, 4, 1).arraySync() as number[][])[2],
    );
  });

  it('shift so that query i finds at key j the score of their distance', () => {
    // Two queries, three keys, one of them memory: columns are the distances 3, 2, 1, 0, −1.
    const scores = tf.tensor4d([
      [
        [
          [3, 2, 1, 0, -1],
          [13, 12, 11, 10, 9],
        ],
      ],
    ]);
    expect(relativeShift(scores, 3).arraySync()).toEqual([
      [
        [
          [1, 0, -1],
          [12, 11, 10],
        ],
      ],
    ]);
  });
});
