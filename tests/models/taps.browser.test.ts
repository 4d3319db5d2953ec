import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, type Leaf, type Spec } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import type { AnyBlueprint, AnyForward, Tap } from '../../src/models/architecture.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { initialState, toParams } from '../../src/nn/init.ts';
import { type KernelMode, setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { countDraws } from '../bench/draws.ts';
import { sampleBatch } from '../support/batch.ts';

const size = { layers: 2, hidden: 16, heads: 2, vocabSize: 24, maxLength: 12, dropout: 0 };

beforeAll(async () => {
  await tf.useBackend('cpu');
  await tf.useBackend('webgl');
});
afterAll(() => setKernels('fused'));

describe.each(Object.values(blueprints))('A look into $name', (blueprint: AnyBlueprint) => {
  const config = blueprint.resize(blueprint.toy, size);
  const spec = blueprint.spec(config);
  const noise = (leaf: Leaf): Leaf => ({ ...leaf, init: { kind: 'normal', std: 0.3 } });
  const state = initialState(build(spec, (_, leaf) => noise(leaf)) as Spec, createRng('noise'));
  const target = blueprint.answers.includes('text');
  let forward: AnyForward;
  beforeAll(async () => {
    forward = await loadForward(blueprint.id);
  });

  /** The draws of a forward whose loss is read, and what its tap was shown; plain kernels compute on the CPU. */
  function run(mode: KernelMode, wants?: Tap['wants']) {
    setKernels(mode);
    // Both are there already, so the change is made at once.
    void tf.setBackend(mode === 'plain' ? 'cpu' : 'webgl');
    const params = toParams(spec, state);
    const batch = sampleBatch({ target });
    const shown = new Map<string, tf.Tensor>();
    const tap = wants && { wants, see: (name: string, value: tf.Tensor) => shown.set(name, tf.keep(value)) };
    const counted = mode === 'plain' ? () => 0 : countDraws();
    const loss = tf.tidy(() => forward(params, config, batch, { training: false, rng: createRng(1), tap }).loss!);
    loss.dataSync();
    const draws = counted();
    const seen = new Map([...shown].map(([name, value]) => [name, [...value.dataSync()]]));
    tf.dispose([loss, params, Object.values(batch), [...shown.values()]] as tf.TensorContainer);
    return { draws, seen };
  }
  const taps = blueprint.taps(config).map(({ name }) => name);
  const isMap = (name: string) => /attention\.\d+$/.test(name);

  it('at what is there anyway costs no draw, and sees what the plain kernels give', () => {
    run('fused');
    const { draws } = run('fused');
    const free = run('fused', () => false);
    expect(free.draws).toBe(draws);
    // Behind its last layer the content stream of two streams is read by nobody.
    const spared = taps.includes('query.hidden.2') ? ['hidden.2', 'inner.1'] : [];
    const states = taps.filter((name) => /hidden\.|inner\./.test(name) && !spared.includes(name));
    expect([...free.seen.keys()]).toEqual(expect.arrayContaining(states));
    const plain = run('plain', () => true).seen;
    for (const [name, values] of free.seen) expect(apart(values, plain.get(name)!), name).toBeLessThan(1e-5);
  });

  it('at what costs extra forms nothing else, and sees what the plain kernels give', () => {
    const plain = run('plain', () => true).seen;
    const free = run('fused', () => false).seen;
    for (const wanted of taps.filter((name) => !free.has(name))) {
      const { seen } = run('fused', (name) => name === wanted);
      expect([...seen.keys()].filter((name) => isMap(name) && name !== wanted)).toEqual([]);
      expect(apart(seen.get(wanted)!, plain.get(wanted)!), wanted).toBeLessThan(1e-5);
    }
  });
});

const apart = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length ? a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0) : Number.NaN;
