import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importPart, parseConfig } from '../../src/hub/checkpoint.ts';
import type { AnyBlueprint, Batch } from '../../src/models/architecture.ts';
import type { BartConfig } from '../../src/models/bart/config.ts';
import { forward } from '../../src/models/bart/forward.ts';
import { greedy } from '../../src/models/bart/generate.ts';
import { hub } from '../../src/models/bart/hub.ts';
import { blueprint } from '../../src/models/bart/spec.ts';
import { writerNames } from '../../src/models/forwards.ts';
import { init, initialState, type Params, toParams } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';
import { fixture } from '../support/fixtures.ts';

beforeAll(() => tf.useBackend('cpu'));

const any = blueprint as unknown as AnyBlueprint;
const side = { layers: 1, heads: 2, inner: 12 };
const config = { ...blueprint.toy, vocabSize: 24, hidden: 8, encoder: side, decoder: side, maxLength: 6, initStd: 0.3 };

/** The model of a fixture, its source, and what the reference wrote. */
async function writer(name: string) {
  const { config: json, weights, io } = await fixture(name);
  const config = hub.fromConfig(parseConfig(json));
  const params: Params<ReturnType<typeof blueprint.spec>> = toParams(
    blueprint.spec(config),
    importPart(any, config, 'model', weights),
  );
  const { inputs, written } = JSON.parse(io);
  const text = { ids: tf.tensor2d(inputs.input_ids, undefined, 'int32'), keep: tf.tensor2d(inputs.attention_mask) };
  return { config, params, text, written: written as number[][] };
}

async function last<T>(steps: AsyncIterable<T>): Promise<T> {
  let found: T | undefined;
  for await (const step of steps) found = step;
  return found!;
}

/** Logits [batch · target, vocab] of the sample batch, with another token at one place the decoder reads. */
function logitsWith(place?: { row: number; at: number; id: number }): number[][] {
  let rows: number[][] = [];
  tf.tidy(() => {
    const { positions: _, ...batch } = sampleBatch({ target: true });
    const ids = batch.decoderIds!.arraySync() as number[][];
    if (place) ids[place.row]![place.at] = place.id;
    const changed: Batch = { ...batch, decoderIds: tf.tensor2d(ids, undefined, 'int32') };
    const params = init(blueprint.spec(config), createRng(1));
    const { logits } = forward(params, config, changed, { training: false, rng: createRng(2) }).logits;
    rows = tf.reshape(logits!, [-1, 24]).arraySync() as number[][];
  });
  return rows;
}

describe('BART', () => {
  it.each(['bart-fresh', 'bart-noise', 'bart-scaled-fresh', 'bart-scaled-noise'])(
    'gives the logits, attentions and hidden states of the reference: %s',
    (name) =>
      expectAgreement(name, [
        'logits',
        'encoder_hidden_states',
        'encoder_attentions',
        'decoder_hidden_states',
        'decoder_attentions',
        'cross_attentions',
      ]),
  );

  it('has as many weights as the reference at the size of its own example', () => {
    const sizes = { layers: 2, heads: 2, inner: 128 };
    const example: BartConfig = { ...blueprint.toy, vocabSize: 64, hidden: 32, encoder: sizes, decoder: sizes };
    const leaves = flatten(blueprint.spec(example).model);
    expect(count(blueprint.spec(example)) - 64).toBe(65_792);
    expect(leaves.length).toBe(8 + 16 * 2 + 26 * 2);
    expect(leaves.filter(([, leaf]) => leaf.buffer).map(([name]) => name)).toEqual(['final_logits_bias']);
  });

  it('does not let the decoder see what it has yet to write', () => {
    const before = logitsWith();
    const after = logitsWith({ row: 0, at: 2, id: 20 });
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]).not.toEqual(before[2]);
    expect(after[3]).not.toEqual(before[3]);
    expect(after.slice(4)).toEqual(before.slice(4));
  });

  it('is named among those that write', () => {
    expect(writerNames()).toContain('BART');
    expect(writerNames()).not.toContain('BERT');
  });

  it('writes generation_config.json beside the weights', () => {
    const files = exportFiles(any, config, initialState(blueprint.spec(config), createRng(1)));
    expect(JSON.parse(new TextDecoder().decode(files['generation_config.json']))).toEqual({
      bos_token_id: 2,
      pad_token_id: 0,
      eos_token_id: 3,
      decoder_start_token_id: 3,
      forced_eos_token_id: 3,
    });
  });

  it.each(['bart-fresh', 'bart-noise', 'bart-scaled-fresh', 'bart-scaled-noise'])(
    'writes what the reference writes, greedily: %s',
    async (name) => {
      const { config, params, text, written } = await writer(name);
      expect(await last(greedy(params, config, text, 9))).toEqual(written);
    },
  );

  it('leaves no tensor behind when it writes', async () => {
    const { config, params, text } = await writer('bart-noise');
    const before = tf.memory().numTensors;
    await last(greedy(params, config, text, 6));
    expect(tf.memory().numTensors).toBe(before);
  });
});
