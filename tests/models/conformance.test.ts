import { beforeAll, describe, expect, it } from 'vitest';
import { build, flatten, type Leaf, type Spec } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importFiles } from '../../src/hub/checkpoint.ts';
import type { AnyBlueprint, AnyForward, Batch, Outputs } from '../../src/models/architecture.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { initialState, toParams } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { sampleBatch } from '../support/batch.ts';

const size = { layers: 2, hidden: 16, heads: 2, vocabSize: 24, maxLength: 12, dropout: 0.3 };

/** Every weight normal, biases and norms included, so that nothing is hidden by a zero or a one. */
function noisy(spec: Spec, seed = 'noise'): Map<string, Float32Array> {
  const noise = (leaf: Leaf): Leaf => ({ ...leaf, init: { kind: 'normal', std: 0.3 } });
  return initialState(build(spec, (_, leaf) => noise(leaf)) as Spec, createRng(seed));
}

const number = (value: Tensor | undefined) => value!.dataSync()[0]!;

const folders = import.meta.glob<AnyBlueprint>('../../src/models/*/spec.ts', { eager: true, import: 'blueprint' });

beforeAll(() => tf.useBackend('cpu'));

describe.each(Object.values(blueprints))('$name', (blueprint: AnyBlueprint) => {
  const config = blueprint.resize(blueprint.toy, size);
  const still = blueprint.resize(blueprint.toy, { ...size, dropout: 0 });
  const target = blueprint.answers.includes('text');
  const spec = blueprint.spec(config);
  const state = noisy(spec);
  let forward: AnyForward;
  beforeAll(async () => {
    forward = await loadForward(blueprint.id);
  });

  const run = (
    settings: { training?: boolean; seed?: number; batch?: Batch; config?: object; weights?: typeof state } = {},
  ): Outputs =>
    forward(
      toParams(spec, settings.weights ?? state),
      settings.config ?? config,
      settings.batch ?? sampleBatch({ target }),
      {
        training: settings.training ?? false,
        rng: createRng(settings.seed ?? 1),
      },
    );
  const lossOf = (settings: Parameters<typeof run>[0] = {}) => {
    const value = tf.tidy(() => run(settings).loss!);
    const read = number(value);
    value.dispose();
    return read;
  };

  it('lies in the folder of its id', () => {
    expect(Object.keys(folders)).toContain(`../../src/models/${blueprint.id}/spec.ts`);
    expect(folders[`../../src/models/${blueprint.id}/spec.ts`]).toBe(blueprint);
  });

  it('gives a loss that is the sum of its parts, each as often as its weight says', () => {
    tf.tidy(() => {
      const { loss, losses } = run();
      const weights = blueprint.weights?.(config, false) ?? {};
      const parts = Object.entries(losses).map(([name, part]) => [name, number(part)] as const);
      for (const [name, part] of parts) expect(part, name).toBeGreaterThan(0);
      const sum = parts.reduce((total, [name, part]) => total + (weights[name] ?? 1) * part, 0);
      expect(number(loss) / sum).toBeCloseTo(1, 6);
      expect(Object.keys(blueprint.questions)).toEqual(expect.arrayContaining(Object.keys(weights)));
    });
  });

  it('declares what every loss asks, and gives the logits that answer it in the shape it says', () => {
    tf.tidy(() => {
      const batch = sampleBatch({ target });
      const { losses, logits } = run({ batch });
      const { questions } = blueprint;
      expect(Object.keys(questions)).toEqual(expect.arrayContaining(Object.keys(losses)));
      const untaught = Object.keys(questions).filter((name) => questions[name]!.kind !== 'match');
      expect(Object.keys(losses).sort()).toEqual(untaught.sort());
      const [rows = 0, length = 0] = batch.ids.shape;
      const answers = { row: rows, slot: batch.labels!.size, token: rows * length };
      for (const [name, { logits: named, per, kind }] of Object.entries(questions)) {
        if (kind === 'match') continue;
        const { shape, size: numbers } = logits[named]!;
        const choices = kind === 'token' ? size.vocabSize : per === 'row' ? 2 : 1;
        expect(numbers, `${name}, ${shape}`).toBe(answers[per] * choices);
      }
    });
  });

  it('shows what it announces', () => {
    tf.tidy(() => {
      const seen = new Map<string, Tensor>();
      forward(toParams(spec, state), config, sampleBatch({ target }), {
        training: false,
        rng: createRng(1),
        tap: { wants: () => true, see: (name, value) => seen.set(name, value) },
      });
      const announced = new Map(blueprint.taps(config).map(({ name, axes }) => [name, axes]));
      expect([...seen.keys()].sort()).toEqual([...announced.keys()].sort());
      const lengths: Record<string, number> = { batch: 3, seq: 6, target: 4 };
      for (const [name, value] of seen) {
        const axes = announced.get(name)!;
        expect(value.shape.length, name).toBe(axes.length);
        axes.forEach((axis, i) => {
          if (lengths[axis]) expect(value.shape[i], `${name}, ${axis}`).toBe(lengths[axis]);
        });
        if (!name.includes('attention')) continue;
        // An empty slot looks nowhere.
        for (const sum of tf.sum(value, -1).dataSync()) expect(Math.min(sum, 1 - sum), name).toBeCloseTo(0, 5);
      }
    });
  });

  it('shows each of it when nothing else is wanted', () => {
    for (const { name } of blueprint.taps(config)) {
      let times = 0;
      tf.tidy(() => {
        const tap = tapFor([name], () => times++);
        forward(toParams(spec, state), config, sampleBatch({ target }), { training: false, rng: createRng(1), tap });
      });
      expect(times, name).toBe(1);
    }
  });

  it('hands on what it says it carries', () => {
    tf.tidy(() => {
      const names = blueprint.carries?.(config) ?? [];
      const memory = names.length > 0 ? [] : undefined;
      const context = { training: false, rng: createRng(1), memory };
      const handed = forward(toParams(spec, state), config, sampleBatch({ target }), context).memory ?? [];
      expect(handed.map(({ shape }) => shape.length)).toEqual(names.map(({ axes }) => axes.length));
    });
  });

  it('gives every weight a gradient', () => {
    tf.tidy(() => {
      const leaves = flatten(spec).filter(([, leaf]) => !leaf.buffer);
      const given = leaves.map(([name, { shape }]) => tf.tensor(state.get(name)!, [...shape]));
      const gradients = tf.grads((...tensors: Tensor[]) => {
        const byName = new Map(leaves.map(([name], i) => [name, tensors[i]!]));
        const params = build(spec, (name, { shape }) => byName.get(name) ?? tf.tensor(state.get(name)!, [...shape]));
        return forward(params, config, sampleBatch({ target }), { training: false, rng: createRng(1) })
          .loss as tf.Scalar;
      })(given);
      gradients.forEach((gradient, i) => {
        const [name, { shape }] = leaves[i]!;
        expect(gradient.shape, name).toEqual(shape);
        expect(number(tf.max(tf.abs(gradient))), name).toBeGreaterThan(0);
      });
    });
  });

  it('gives one loss for one seed', () => {
    expect(lossOf({ training: true, seed: 5 })).toBe(lossOf({ training: true, seed: 5 }));
    expect(lossOf({ training: true, seed: 6 })).not.toBe(lossOf({ training: true, seed: 5 }));
  });

  it('drops values in training only, and none at rate 0', () => {
    expect(lossOf({ training: true })).not.toBe(lossOf({ training: false }));
    expect(lossOf({ training: true, config: still })).toBe(lossOf({ training: false, config: still }));
  });

  it.skipIf(blueprint.readsPadding)('does not notice padding', () => {
    expect(lossOf({ batch: sampleBatch({ spare: 5, target }) })).toBeCloseTo(lossOf(), 5);
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    lossOf({ training: true });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('comes back from its files as it was', () => {
    const files = exportFiles(blueprint, config, state);
    const back = importFiles(files);
    expect(back.blueprint).toBe(blueprint);
    expect(back.config).toEqual(config);
    expect(back.state).toEqual(new Map(flatten(spec).map(([name]) => [name, state.get(name)!])));
    expect(back.rest).toEqual({});
  });

  it('starts every weight as its spec says: zeros, ones, or drawn numbers of the announced spread', () => {
    const fresh = initialState(spec, createRng(3));
    expect([...fresh.keys()]).toEqual(flatten(spec).map(([name]) => name));
    for (const [name, { shape, init }] of flatten(spec)) {
      const values = fresh.get(name)!;
      expect(values.length, name).toBe(shape.reduce((product, n) => product * n, 1));
      if (init.kind === 'zeros')
        expect(
          values.every((value) => value === 0),
          name,
        ).toBe(true);
      if (init.kind === 'ones')
        expect(
          values.every((value) => value === 1),
          name,
        ).toBe(true);
      if (init.kind === 'normal') expect(Math.hypot(...values) / Math.sqrt(values.length), name).toBeGreaterThan(0);
    }
  });
});
