import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import type { Batch } from '../../src/models/architecture.ts';
import type { XlnetConfig } from '../../src/models/xlnet/config.ts';
import { forward } from '../../src/models/xlnet/forward.ts';
import { blueprint } from '../../src/models/xlnet/spec.ts';
import { init } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { collate } from '../../src/objectives/batch.ts';
import { pack } from '../../src/objectives/make.ts';
import { type Example, IGNORE } from '../../src/objectives/objective.ts';
import { givenOrder, objective, type PlmOptions } from '../../src/objectives/plm/index.ts';
import { toTensors } from '../../src/training/tensors.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

beforeAll(() => tf.useBackend('cpu'));

const config: XlnetConfig = {
  ...blueprint.toy,
  vocabSize: 32,
  hidden: 8,
  layers: 2,
  heads: 2,
  inner: 12,
  initStd: 0.3,
};
const text = pack({ a: ids('the cat sat on the mat .'), b: ids('it was hot .') }, toy);
const length = 14;
const half = 7;

const made = (options: PlmOptions, seed: number) =>
  objective.apply(text, objective.draw(text, options, toy, createRng(seed)));
const targetsOf = ({ labels }: Example) => labels.flatMap((label, i) => (label === IGNORE ? [] : [i]));

/** The example as a batch of one row, with another token at one place if asked. */
function batchOf(example: Example, changed?: number): Batch {
  const inputIds = example.inputIds.map((id, i) => (i === changed ? 31 : id));
  const shape = { length: example.labels.length, slots: targetsOf(example).length, padId: 0 };
  return toTensors(collate([{ ...example, inputIds }], shape));
}

/** What the model makes of a batch, what it remembers, and every value it was shown, row-major. */
function run(batch: Batch, given: XlnetConfig = config, memory?: readonly Tensor[]) {
  const seen = new Map<string, number[]>();
  let rows: number[][] = [];
  let remembered: number[][] = [];
  tf.tidy(() => {
    const outputs = forward(init(blueprint.spec(given), createRng(1)), given, batch, {
      training: false,
      rng: createRng(2),
      tap: { wants: () => true, see: (name, value) => seen.set(name, [...value.dataSync()]) },
      memory,
    });
    rows = outputs.logits.logits!.arraySync() as number[][];
    remembered = (outputs.memory ?? []).map((kept) => [...kept.dataSync()]);
  });
  return { seen, rows, memory: remembered };
}

describe('XLNet', () => {
  it.each([
    ['a random order', { ...objective.defaults, share: 0.35 }],
    ['spans', { ...objective.defaults, order: 'spans', share: 0.35 }],
    ['halves as published', { ...objective.defaults, mode: 'reference', order: 'spans', halves: true, share: 0.5 }],
  ] as const)('lets a target learn of context and of earlier targets alone: %s', (_, options) => {
    // As published, separators have a rank too.
    const places = text.ids.flatMap((id, i) => (options.mode === 'reference' && toy.isSpecial(id) ? [] : [i]));
    for (const seed of [1, 2]) {
      const example = made(options, seed);
      const targets = targetsOf(example);
      expect(targets.length).toBeGreaterThan(3);
      const rank = (place: number) => example.order!.indexOf(place);
      const isLate = (place: number) => options.halves && place >= half;
      const mayKnow = (target: number, place: number) => {
        if (isLate(target) !== isLate(place)) return isLate(target);
        return !targets.includes(place) || rank(place) < rank(target);
      };
      const before = run(batchOf(example)).rows;
      for (const place of places) {
        const after = run(batchOf(example, place)).rows;
        targets.forEach((target, slot) => {
          const isMoved = after[slot]!.some((logit, id) => logit !== before[slot]![id]);
          expect(isMoved, `seed ${seed}: ${place} → ${target}`).toBe(mayKnow(target, place));
        });
      }
    }
  });

  it('has the same content stream without its query stream', () => {
    const example = made({ ...objective.defaults, share: 0.35 }, 4);
    const batch = batchOf(example);
    const { targetMapping: _, positions: __, labels: ___, weights: ____, ...alone } = batch;
    const kept = { ...config, memoryLength: 5, reuseLength: 5 };
    const [both, content] = [run(batch, kept, []), run(alone, kept, [])];
    expect([...both.seen.keys()].filter((name) => name.startsWith('query.')).length).toBeGreaterThan(2);
    const names = ['hidden.0', 'attention.0', 'inner.0', 'hidden.1', 'attention.1', 'inner.1', 'hidden.2'];
    expect([...content.seen.keys()]).toEqual(names);
    for (const [name, values] of content.seen) expect(both.seen.get(name), name).toEqual(values);
    expect(both.memory).toEqual(content.memory);
  });

  it('remembers nothing of the second half of a window', () => {
    const options: PlmOptions = { ...objective.defaults, mode: 'reference', order: 'spans', halves: true, share: 0.5 };
    const kept = { ...config, memoryLength: 10, reuseLength: half };
    for (const seed of [1, 2, 3]) {
      const example = made(options, seed);
      const { memory } = run(batchOf(example), kept, []);
      expect(memory.map(({ length }) => length)).toEqual([half * 8, half * 8]);
      for (let place = 0; place < length; place++) {
        const after = run(batchOf(example, place), kept, []).memory;
        if (place < half) expect(after, `place ${place}`).not.toEqual(memory);
        else expect(after, `place ${place}`).toEqual(memory);
      }
    }
  });

  it('tells a target that may see nothing nothing, instead of all', () => {
    const four = { ids: ids('the cat sat on'), segments: [0, 0, 0, 0] };
    // Worked example 3-A: the order 3, 2, 4, 1 with every token a target.
    const example = objective.apply(four, givenOrder([2, 1, 3, 0], 4, 4));
    const { rows, seen } = run(batchOf(example));
    for (const place of [0, 1, 2, 3]) expect(run(batchOf(example, place)).rows[2], `place ${place}`).toEqual(rows[2]);
    // [head, query, key]: the third query of each of two heads.
    const looks = seen.get('query.attention.0')!;
    expect([...looks.slice(8, 12), ...looks.slice(24, 28)]).toEqual(new Array<number>(8).fill(0));
    expect(looks[12]! + looks[13]! + looks[14]! + looks[15]!).toBeCloseTo(1, 5);
  });

  it('is a causal model when the order is that of the text and all is asked for', () => {
    const five = { ids: ids('the cat sat on mat'), segments: [0, 0, 0, 0, 0] };
    const example = objective.apply(five, givenOrder([0, 1, 2, 3, 4], 5, 5));
    const { rows } = run(batchOf(example));
    const moved = [0, 1, 2, 3, 4].map((place) => {
      const after = run(batchOf(example, place)).rows;
      return rows.map((row, slot) => Number(row.some((logit, id) => logit !== after[slot]![id])));
    });
    expect(moved).toEqual([
      [0, 1, 1, 1, 1],
      [0, 0, 1, 1, 1],
      [0, 0, 0, 1, 1],
      [0, 0, 0, 0, 1],
      [0, 0, 0, 0, 0],
    ]);
  });
});
