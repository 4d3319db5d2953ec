import { beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/checks/reference.ts';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { forward } from '../../src/models/bigbird/forward.ts';
import { hub } from '../../src/models/bigbird/hub.ts';
import { blueprint } from '../../src/models/bigbird/spec.ts';
import { init } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { fixture } from '../support/fixtures.ts';
import { longBatch } from '../support/long-batch.ts';

beforeAll(() => tf.useBackend('cpu'));

const logits = ['prediction_logits', 'seq_relationship_logits'];
const config = {
  ...blueprint.toy,
  vocabSize: 24,
  hidden: 8,
  inner: 12,
  maxLength: 48,
  initStd: 0.3,
  hiddenDropout: 0,
};
type Changes = Partial<typeof config>;

/** Logits [batch, seq, vocab], row by row, of a text of so many tokens; `training`: with the blocks of training. */
function tokensOf(length: number, changes: Changes = {}, { training = false, kept = length, first = 5 } = {}) {
  return tf.tidy(() => {
    const own = { ...config, ...changes };
    const params = init(blueprint.spec(own), createRng(1));
    const context = { training, rng: createRng(2) };
    const { prediction_logits } = forward(params, own, longBatch(length, { kept, first }), context).logits;
    return (prediction_logits!.arraySync() as number[][][])[0]!;
  });
}

/** How far two rows of numbers are apart at most. */
const apart = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
  Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i]![j]!))));

describe('BigBird', () => {
  it.each([
    ['bigbird', [...logits, 'hidden_states']],
    ['bigbird-full', [...logits, 'hidden_states', 'attentions']],
    ['bigbird-short', logits],
    ['bigbird-training', logits],
    ['bigbird-random', [...logits, 'attentions']],
  ])('gives what the reference gives, fresh and with noise: %s', async (name, outputs) => {
    await expectAgreement(`${name}-fresh`, outputs);
    await expectAgreement(`${name}-noise`, outputs);
  });

  it('computes otherwise in training than outside of it, and the reference tells the two apart', async () => {
    const reference = await fixture('bigbird-training-noise');
    const io = reference.io.replace('"training":true', '"training":false');
    const [tokens] = await compare({ ...reference, io });
    expect(tokens!.difference).toBeGreaterThan(0.1);
  });

  it('has as many weights as the reference at the published sizes and at that of its own example', () => {
    const { fromConfig } = hub;
    expect(count(blueprint.spec(fromConfig({})))).toBe(128_112_824);
    const large = { hidden_size: 1024, num_hidden_layers: 24, num_attention_heads: 16, intermediate_size: 4096 };
    expect(count(blueprint.spec(fromConfig(large)))).toBe(360_228_024);
    const example = { ...blueprint.toy, vocabSize: 64, hidden: 32, inner: 64 };
    expect(count(blueprint.spec(example))).toBe(23_618);
    expect(flatten(blueprint.spec({ ...example, useBias: false })).length).toBe(
      flatten(blueprint.spec(example)).length - 2 * 3,
    );
  });

  it('reads in blocks from one token more on than the blocks of a row, random ones twice, hold', () => {
    const whole = { attention: 'original_full' } as const;
    expect(apart(tokensOf(28), tokensOf(28, whole))).toBe(0);
    expect(apart(tokensOf(29), tokensOf(29, whole))).toBeGreaterThan(0.01);
  });

  it('gives a text the same in front of padding, be the blocks filled by it or by itself', () => {
    expect(apart(tokensOf(31), tokensOf(32, {}, { kept: 31 }).slice(0, 31))).toBeLessThan(1e-5);
  });

  it('hands on what the first token says to every place only where there are global blocks', () => {
    const moved = (parts: Changes['parts']) => {
      const changes = { parts, layers: 1 };
      const before = tokensOf(48, changes);
      const after = tokensOf(48, changes, { first: 9 });
      return before.map((row, i) => apart([row], [after[i]!]) > 0);
    };
    expect(moved('published').every(Boolean)).toBe(true);
    expect(moved('global').every(Boolean)).toBe(true);
    // Block 0 and its neighbour; nobody draws block 0.
    expect(moved('window').map(Number).join('')).toBe('1'.repeat(8) + '0'.repeat(40));
    expect(moved('random').map(Number).join('')).toBe('1'.repeat(8) + '0'.repeat(40));
  });

  it('is trained with random blocks that change nothing from step to step, and judged without them', () => {
    const learning = tokensOf(48, {}, { training: true });
    expect(apart(learning, tokensOf(48, {}, { training: true }))).toBe(0);
    expect(apart(learning, tokensOf(48))).toBeGreaterThan(0.01);
    expect(apart(learning, tokensOf(48, { parts: 'paper' }))).toBe(0);
  });

  it('counts block 0 once more for each random block outside training, where nothing is left out', () => {
    expect(apart(tokensOf(48), tokensOf(48, { parts: 'global' }))).toBeGreaterThan(0.01);
  });

  it.each([
    [{ hidden_size: 10, num_attention_heads: 3 }, 'a multiple of num_attention_heads'],
    [{ attention_type: 'sliding' }, 'one of block_sparse, original_full'],
    [{ num_random_blocks: 0 }, 'a whole number from 1 on'],
    [{ block_size: 2.5 }, 'a whole number from 1 on'],
    [{ use_bias: 'no' }, 'true or false'],
    [{ is_decoder: true }, 'false is needed'],
    [{ add_cross_attention: true }, 'false is needed'],
    [{ tie_word_embeddings: false }, 'true is needed'],
  ])('refuses a configuration that it cannot compute: %o', (json, reason) => {
    expect(() => hub.fromConfig({ model_type: 'big_bird', ...json })).toThrow(reason);
  });
});
