import { beforeAll, describe, expect, it } from 'vitest';
import { leaf } from '../../src/core/params.ts';
import * as tf from '../../src/nn/tf.ts';
import { createOptimizer, type OptimizerSettings } from '../../src/training/optimizer.ts';
import { learningRate } from '../../src/training/schedule.ts';

const spec = { body: { weight: leaf([1, 2], { kind: 'zeros' }), bias: leaf([1], { kind: 'zeros' }) } };
const start = new Map([
  ['body.weight', Float32Array.of(1, -2)],
  ['body.bias', Float32Array.of(3)],
]);
const settings: OptimizerSettings = {
  rate: () => 0.1,
  weightDecay: 0,
  clip: 0,
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
};
/** Its gradient is 3 and 4 for the weight, 12 for the bias: a norm of 13. */
const slope = ({ body }: { body: { weight: tf.Tensor; bias: tf.Tensor } }) => {
  const loss = tf.add(tf.sum(tf.mul(body.weight, tf.tensor2d([[3, 4]]))), tf.mul(tf.sum(body.bias), 12));
  return { loss, losses: { slope: loss } };
};
beforeAll(async () => {
  const { useBackend } = tf;
  await useBackend('cpu');
});

describe('the optimizer', () => {
  it('moves every weight by the learning rate in the first step, whatever its gradient', async () => {
    const optimizer = createOptimizer(spec, start, settings);
    optimizer.step(slope).dispose();
    const { weights, step } = await optimizer.read();
    expect(step).toBe(1);
    expect([...weights.get('body.weight')!]).toEqual([expect.closeTo(0.9, 5), expect.closeTo(-2.1, 5)]);
    expect(weights.get('body.bias')![0]).toBeCloseTo(2.9, 5);
    optimizer.dispose();
  });

  it('takes a share of the weight off, but not of the bias', async () => {
    const optimizer = createOptimizer(spec, start, { ...settings, weightDecay: 0.5 });
    optimizer.step(slope).dispose();
    const { weights } = await optimizer.read();
    // 1 − 0.1 · (1 + 0.5 · 1) and −2 − 0.1 · (1 − 0.5 · 2)
    expect([...weights.get('body.weight')!]).toEqual([expect.closeTo(0.85, 5), expect.closeTo(-2, 5)]);
    expect(weights.get('body.bias')![0]).toBeCloseTo(2.9, 5);
    optimizer.dispose();
  });

  it('cuts the gradient to the global norm', async () => {
    const optimizer = createOptimizer(spec, start, { ...settings, clip: 1.3 });
    optimizer.step(slope).dispose();
    const { first } = await optimizer.read();
    // A tenth of the gradient, times 1 − beta1.
    expect([...first.get('body.weight')!]).toEqual([expect.closeTo(0.03, 6), expect.closeTo(0.04, 6)]);
    expect(first.get('body.bias')![0]).toBeCloseTo(0.12, 6);
    optimizer.dispose();
  });

  it('leaves weights that do not learn as they were', async () => {
    const optimizer = createOptimizer(spec, start, {
      ...settings,
      weightDecay: 0.5,
      trainable: (n) => n !== 'body.weight',
    });
    optimizer.step(slope).dispose();
    const { weights } = await optimizer.read();
    expect([...weights.get('body.weight')!]).toEqual([1, -2]);
    expect(weights.get('body.bias')![0]).toBeCloseTo(2.9, 5);
    optimizer.dispose();
  });

  it('holds as many tensors after ten steps as before', () => {
    const optimizer = createOptimizer(spec, start, { ...settings, clip: 1 });
    optimizer.step(slope).dispose();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 10; i++) optimizer.step(slope).dispose();
    expect(tf.memory().numTensors).toBe(before);
    optimizer.dispose();
  });

  it('goes on from a saved state as if it had never stopped', async () => {
    const bowl = ({ body }: { body: { weight: tf.Tensor; bias: tf.Tensor } }) => {
      const loss = tf.add(tf.sum(tf.square(body.weight)), tf.sum(tf.square(body.bias)));
      return { loss, losses: {} };
    };
    const one = createOptimizer(spec, start, settings);
    one.step(bowl).dispose();
    const saved = await one.read();
    one.step(bowl).dispose();
    const other = createOptimizer(spec, new Map(), settings);
    other.load(saved);
    other.step(bowl).dispose();
    const [a, b] = [await one.read(), await other.read()];
    expect(b).toEqual(a);
    one.dispose();
    other.dispose();
  });

  it('reports the loss and then its parts', () => {
    const optimizer = createOptimizer(spec, start, settings);
    const report = optimizer.step((params) => ({ ...slope(params), losses: { half: tf.scalar(0.5) } }));
    expect([...report.dataSync()]).toEqual([31, 0.5]);
    report.dispose();
    optimizer.dispose();
  });

  it('refuses a batch without a loss', () => {
    const optimizer = createOptimizer(spec, start, settings);
    expect(() => optimizer.step(() => ({ losses: {} }))).toThrow('expected a loss');
    optimizer.dispose();
  });
});

describe('the learning rate', () => {
  const schedule = { learningRate: 0.01, warmup: 10, decayFrom: 0.5 };
  const run = { phases: [{ steps: 100, schedule }] };
  it('rises over the warm-up, stays, and falls to 0 at the last step', () => {
    expect([1, 5, 10, 30, 50].map((step) => learningRate(step, run))).toEqual([0.001, 0.005, 0.01, 0.01, 0.01]);
    expect(learningRate(75, run)).toBeCloseTo(0.005, 10);
    expect(learningRate(100, run)).toBe(0);
  });
  it('never falls where the decay starts at the end', () => {
    expect(learningRate(100, { phases: [{ steps: 100, schedule: { ...schedule, decayFrom: 1 } }] })).toBe(0.01);
  });
});
