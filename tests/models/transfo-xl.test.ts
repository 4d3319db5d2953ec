import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Batch } from '../../src/models/architecture.ts';
import { patternsOf } from '../../src/models/pictures.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import type { TransfoXlConfig } from '../../src/models/transfo-xl/config.ts';
import { forward } from '../../src/models/transfo-xl/forward.ts';
import { hub } from '../../src/models/transfo-xl/hub.ts';
import { blueprint } from '../../src/models/transfo-xl/spec.ts';
import { init } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { expectLearning } from '../support/learning.ts';
import '../support/pictures.ts';

beforeAll(() => tf.useBackend('cpu'));

const all = ['prediction_scores', 'mems', 'hidden_states', 'attentions'];
const config: TransfoXlConfig = {
  ...blueprint.toy,
  vocabSize: 24,
  hidden: 8,
  heads: 2,
  inner: 12,
  initStd: 0.3,
  memoryLength: 4,
};
const text = [5, 7, 9, 11, 6, 8, 10, 13, 12, 14, 15, 20];

/** Rows of tokens that are read as they are. */
const batchOf = (...rows: number[][]): Batch => {
  const ids = tf.tensor2d(rows, undefined, 'int32');
  return { ids, segments: tf.zerosLike(ids), keep: tf.onesLike(tf.cast(ids, 'float32')) };
};

/** What the model makes of segments that are read one after the other: scores [seq, vocab] and maps of the first row. */
function read(segments: readonly number[][], given: TransfoXlConfig = config) {
  return tf.tidy(() => {
    const params = init(blueprint.spec(given), createRng(1));
    let memory: readonly Tensor[] = [];
    return segments.map((segment) => {
      const maps: number[][][] = [];
      const tap = tapFor(['attention.0'], (_, value) => maps.push(...(value.arraySync() as number[][][][])[0]!));
      const outputs = forward(params, given, batchOf(segment), { training: false, rng: createRng(2), tap, memory });
      memory = outputs.memory!;
      const scores = (outputs.logits.prediction_scores!.arraySync() as number[][][])[0]!;
      return { scores, maps, memory: memory.map(({ shape }) => shape) };
    });
  });
}

const seenIn = (map: readonly (readonly number[])[]) => map.map((row) => row.map((share) => share > 0));

describe('Transformer-XL', () => {
  it.each([
    ['transfo-xl', all],
    ['transfo-xl-zeros', all],
    ['transfo-xl-empty', all],
    ['transfo-xl-pre-norm', all],
    ['transfo-xl-same-length', all],
    ['transfo-xl-narrow', all.filter((name) => name !== 'mems')],
    ['transfo-xl-tied', all],
  ])(
    'gives the log-probabilities, attentions, hidden states and memory of the reference: %s',
    async (name, outputs) => {
      await expectAgreement(`${name}-fresh`, outputs);
      await expectAgreement(`${name}-noise`, outputs);
    },
  );

  it('has the gradient of the reference, one target for each token of a segment, and none through the memory', () =>
    expectLearning('transfo-xl-learning'));

  it('has as many weights as the reference at the size of its own example, and as published with one softmax', () => {
    const example = { ...blueprint.toy, vocabSize: 64, hidden: 32, inner: 64 };
    expect(count(blueprint.spec(example))).toBe(21_120);
    expect(flatten(blueprint.spec(example).model).length).toBe(2 + 13 * 2);
    // The standard size for WikiText-103: 151,119,838 with three groups of words, each a row and a bias of its own.
    const standard = { ...blueprint.toy, vocabSize: 267_735, layers: 16, hidden: 410, heads: 10, inner: 2100 };
    expect(count(blueprint.spec(standard))).toBe(151_119_838 - 3 * 411);
  });

  it.each([
    [0.05, { layers: 1, hidden: 32 }],
    [5, { layers: 6, hidden: 256 }],
  ])('comes in sizes around %f million weights', (millions, size) => {
    const sized = blueprint.resize(blueprint.toy, { heads: 4, vocabSize: 1000, maxLength: 64, dropout: 0, ...size });
    expect(count(blueprint.spec(sized)) / 1e6 / millions).toBeCloseTo(1, 0);
    expect(sized.inner).toBe(4 * size.hidden);
  });

  it('sees a token of the segment before as it sees one of its own: moved over the border nothing changes in reach', () => {
    const reached = { ...config, layers: 1, memoryLength: 12 };
    const whole = read([text], reached)[0]!.scores;
    const [, second] = read([text.slice(0, 5), text.slice(5)], reached);
    second!.scores.forEach((row, i) => {
      for (const [id, score] of row.entries()) expect(score).toBeCloseTo(whole[5 + i]![id]!, 5);
    });
  });

  it('keeps the last steps of each layer, time first, and shows them in front of the segment', () => {
    const [first, second, third] = read([text.slice(0, 3), text.slice(3, 6), text.slice(6, 9)]);
    expect([first, second, third].map((one) => one!.memory)).toEqual([
      [
        [3, 1, 8],
        [3, 1, 8],
      ],
      [
        [4, 1, 8],
        [4, 1, 8],
      ],
      [
        [4, 1, 8],
        [4, 1, 8],
      ],
    ]);
    const own = [
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ];
    for (const head of third!.maps) expect(seenIn(head)).toEqual(own.map((row) => [true, true, true, true, ...row]));
    expect(blueprint.carries!(config).map(({ name }) => name)).toEqual(['memory.0', 'memory.1']);
    expect(blueprint.remembers!(config)).toBe(4);
    expect(blueprint.carries!({ ...config, memoryLength: 0 })).toEqual([]);
  });

  it('sees as many tokens at every place, if so asked, and so says its pattern', () => {
    const same = { ...config, sameLength: true, memoryLength: 3 };
    const [first, second] = read([text.slice(0, 5), text.slice(5, 9)], same);
    for (const head of first!.maps) {
      expect(seenIn(head).map((row) => row.filter(Boolean).length)).toEqual([1, 2, 3, 3, 3]);
      expect(seenIn(head)).toEqual(patternsOf(blueprint, same, { inputIds: text.slice(0, 5) })[0]!.pattern);
    }
    for (const head of second!.maps)
      expect(seenIn(head).map((row) => row.filter(Boolean).length)).toEqual([3, 3, 3, 3]);
  });

  it('begins with a memory of zeros that are seen, if so asked', () => {
    const [zeros] = read([text.slice(0, 3)], { ...config, zerosFirst: true });
    for (const head of zeros!.maps) expect(head[0]!.slice(0, 4).every((share) => share > 0)).toBe(true);
    expect(zeros!.scores).not.toEqual(read([text.slice(0, 3)])[0]!.scores);
  });

  it('tells no distances apart beyond the farthest', () => {
    const near = { ...config, layers: 1, memoryLength: 12, clampLength: 2 };
    // Tokens that are all the same and farther than two places are looked at alike.
    const [{ maps } = { maps: [] }] = read([[7, 7, 7, 7, 7, 7]], near);
    for (const head of maps) {
      const [a, b, c, d] = head[5]!;
      for (const other of [b!, c!, d!]) expect(other).toBeCloseTo(a!, 6);
      expect(Math.abs(head[5]![5]! - a!)).toBeGreaterThan(1e-4);
    }
  });

  it('comes back from its config.json with every variant', () => {
    const variants: TransfoXlConfig[] = [
      { ...config, headWidth: 6, tableWidth: 12, preNorm: true },
      { ...config, tableWidth: 4, tiedProjection: true, sameLength: true, clampLength: 9 },
      { ...config, memoryLength: 0 },
    ];
    for (const one of variants) expect(hub.fromConfig(hub.toConfig(one))).toEqual(one);
  });

  it.each([
    [{}, '"cutoffs": [20000,40000,200000], but [] is needed there'],
    [{ cutoffs: [8] }, '"cutoffs": [8], but [] is needed there'],
    [{ cutoffs: [] }, '"div_val": 4, but 1 is needed there'],
    [{ cutoffs: [], div_val: 1, untie_r: false }, '"untie_r": false, but true is needed there'],
    [{ cutoffs: [], div_val: 1, attn_type: 2 }, '"attn_type": 2, but 0 is needed there'],
    [{ cutoffs: [], div_val: 1, mem_len: 0 }, '"same_length": true, but false is needed there'],
  ])('refuses a configuration that it cannot compute: %o', (json, reason) => {
    expect(() => hub.fromConfig({ model_type: 'transfo-xl', ...json })).toThrow(reason);
  });
});
