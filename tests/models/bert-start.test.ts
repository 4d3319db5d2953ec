import { beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { startFrom } from '../../src/models/bert/start.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { initialState } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { runFrom } from '../../src/training/settings.ts';

beforeAll(() => tf.useBackend('cpu'));

const size = { layers: 2, hidden: 16, heads: 2, maxLength: 12, architectureOptions: { initStd: 0.3 } };
function modelOf(architecture: string, noising: string, seed: string) {
  const { blueprint, config } = blueprintOf(runFrom({ ...size, architecture, noising, noisingOptions: {} }), 40);
  return { blueprint, config, state: initialState(blueprint.spec(config), createRng(seed)) };
}

/** The states of the last layer, read from a tap. */
async function lastStates(model: ReturnType<typeof modelOf>, tap: string): Promise<readonly number[]> {
  const forward = await loadForward(model.blueprint.id);
  const tensors = new Map([...model.state].map(([name, values]) => [name, tf.tensor1d(values)]));
  const params = build(model.blueprint.spec(model.config), (name, { shape }) =>
    tf.reshape(tensors.get(name)!, [...shape]),
  );
  const ids = tf.tensor2d([[2, 7, 9, 30, 12, 3]], undefined, 'int32');
  const batch = {
    ids,
    segments: tf.zerosLike(ids),
    keep: tf.onesLike(tf.cast(ids, 'float32')),
    generatorIds: ids,
    decoderIds: ids,
  };
  let found: readonly number[] = [];
  const see = (name: string, value: tf.Tensor) => {
    if (name === tap) found = [...value.dataSync()];
  };
  forward(params, model.config, batch as never, {
    training: false,
    rng: createRng('x'),
    tap: { wants: (name) => name === tap, see },
  });
  return found;
}

describe('BERT begins with the body of another model', () => {
  test('of an ELECTRA: the states of its judge, number for number', async () => {
    const electra = modelOf('electra', 'rtd', 'a');
    const bert = modelOf('bert', 'mlm', 'b');
    const state = startFrom({ config: bert.config as never, state: bert.state }, electra);
    const own = await lastStates({ ...bert, state }, 'hidden.2');
    const judge = await lastStates(electra, 'discriminator.hidden.2');
    expect(own.length).toBe(6 * 16);
    for (const [i, value] of own.entries()) expect(value).toBeCloseTo(judge[i]!, 4);
  });

  test('of a BART: the states of its encoder, but for what its norms call nothing', async () => {
    const bart = modelOf('bart', 'denoise', 'a');
    const bert = modelOf('bert', 'mlm', 'b');
    const state = startFrom({ config: bert.config as never, state: bert.state }, bart);
    const own = await lastStates({ ...bert, state }, 'hidden.2');
    const encoder = await lastStates(bart, 'encoder.hidden.2');
    for (const [i, value] of own.entries()) expect(value).toBeCloseTo(encoder[i]!, 2);
  });

  test('its heads are those that were drawn', () => {
    const electra = modelOf('electra', 'rtd', 'a');
    const bert = modelOf('bert', 'mlm', 'b');
    const state = startFrom({ config: bert.config as never, state: bert.state }, electra);
    for (const [name, values] of bert.state) if (/pooler|cls\./.test(name)) expect(state.get(name)).toBe(values);
  });

  test('what does not fit is refused in a sentence', () => {
    const bert = modelOf('bert', 'mlm', 'b');
    const other = { config: {}, state: new Map() };
    expect(() => startFrom({ config: bert.config as never, state: bert.state }, other)).toThrow(
      /^The trained model does not fit: expected \d+ numbers for embeddings\.word_embeddings\.weight, found none\./,
    );
    expect(Object.keys(blueprints)).toContain('bert');
  });
});
