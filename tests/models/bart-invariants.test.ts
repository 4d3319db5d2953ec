import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import type { Batch } from '../../src/models/architecture.ts';
import type { BartConfig } from '../../src/models/bart/config.ts';
import { forward } from '../../src/models/bart/forward.ts';
import { blueprint } from '../../src/models/bart/spec.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { init } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { collate } from '../../src/objectives/batch.ts';
import { type DenoiseOptions, objective } from '../../src/objectives/denoise/index.ts';
import type { Example } from '../../src/objectives/objective.ts';
import { toTensors } from '../../src/training/tensors.ts';
import { nll } from '../support/statistics.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

beforeAll(() => tf.useBackend('cpu'));

const side = { layers: 1, heads: 2, inner: 12 };
const config: BartConfig = {
  ...blueprint.toy,
  vocabSize: 32,
  hidden: 8,
  encoder: side,
  decoder: side,
  maxLength: 12,
  initStd: 0.3,
};
const length = 9;
const text = ids('[CLS] the cat sat on the mat . [SEP]');
const nothing: DenoiseOptions = { ...objective.defaults, permuteShare: 0, infillRate: 0 };
const allHidden: DenoiseOptions = { ...nothing, maskRate: 1 };

function made(of: readonly number[], options: DenoiseOptions): Example {
  const input = { ids: of, segments: of.map(() => 0) };
  return objective.apply(input, objective.draw(input, options, toy, createRng(3)));
}
const batchOf = (example: Example): Batch =>
  toTensors(collate([example], { length: example.labels.length, slots: example.labels.length, padId: 0 }));
const other = (place: number) => text.map((id, i) => (i === place ? 31 : id));

/** Loss, logits a place of the decoder, and the encoder's last hidden states a place. */
function run(batch: Batch) {
  return tf.tidy(() => {
    let read: number[][] = [];
    const { loss, logits } = forward(init(blueprint.spec(config), createRng(1)), config, batch, {
      training: false,
      rng: createRng(2),
      tap: tapFor(['encoder.hidden.1'], (_, value) => {
        read = (value.arraySync() as number[][][])[0]!;
      }),
    });
    return { loss: loss!.dataSync()[0]!, rows: logits.logits!.arraySync() as number[][], read };
  });
}
const moved = (before: readonly (readonly number[])[], after: readonly (readonly number[])[]) =>
  before.flatMap((row, place) => (row.every((value, i) => value === after[place]![i]) ? [] : [place]));

describe('BART', () => {
  it('writes each token without knowing it or a later one', () => {
    const before = run(batchOf(made(text, allHidden)));
    for (let place = 0; place < length; place++) {
      const hidden = made(text, allHidden);
      const { labels, decoderInputIds } = made(other(place), nothing);
      const after = run(batchOf({ ...hidden, labels, decoderInputIds: decoderInputIds! }));
      const later = Array.from({ length }, (_, i) => i).filter((i) => i > place);
      // The last token stands first in what the decoder reads: the one place that the frame fixes.
      if (place < length - 1) expect(moved(before.rows, after.rows), `place ${place}`).toEqual(later);
    }
  });

  it('reads every token at every place of the encoder', () => {
    const { read } = run(batchOf(made(text, nothing)));
    for (let place = 0; place < length; place++) {
      const changed = run(batchOf({ ...made(text, nothing), inputIds: other(place) }));
      expect(moved(read, changed.read), `place ${place}`).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });

  it('without noise has the loss of copying', () => {
    const copy: Example = {
      inputIds: ids('[CLS] the cat sat on the mat . [SEP]'),
      segments: [0, 0, 0, 0, 0, 0, 0, 0, 0],
      labels: ids('[CLS] the cat sat on the mat . [SEP]'),
      decoderInputIds: ids('[SEP] [CLS] the cat sat on the mat .'),
    };
    const loss = run(batchOf(made(text, nothing))).loss;
    expect(loss).toBe(run(batchOf(copy)).loss);
    expect(Math.abs(run(batchOf(made(text, allHidden))).loss - loss)).toBeGreaterThan(1e-3);
  });

  it('with every word hidden has the loss of a language model: each token costs what it costs after its beginning', () => {
    const whole = made(text, allHidden);
    expect(whole.inputIds.slice(1, -1)).toEqual(new Array<number>(7).fill(toy.maskId));
    // Another text of the same length is read as the same, so nothing but the beginning can tell.
    expect(made(ids('[CLS] a dog ran far . it was [SEP]'), allHidden).inputIds).toEqual(whole.inputIds);
    const costs = text.map((label, place) => {
      const { keep, ids: source, segments } = batchOf(whole);
      const begun = whole.decoderInputIds!.slice(0, place + 1);
      const { rows } = run({
        ids: source,
        segments,
        keep,
        decoderIds: tf.tensor2d([begun], undefined, 'int32'),
        decoderKeep: tf.ones([1, place + 1]),
        positions: tf.tensor1d([place], 'int32'),
        labels: tf.tensor1d([label], 'int32'),
        weights: tf.ones([1]),
      });
      return nll(rows[0]!, label);
    });
    expect(run(batchOf(whole)).loss).toBeCloseTo(costs.reduce((sum, cost) => sum + cost, 0) / length, 5);
  });
});
