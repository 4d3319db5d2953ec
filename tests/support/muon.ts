import { leaf, mapLeaf, type Spec } from '../../src/core/params.ts';
import * as kernel from '../../src/nn/kernels/muon.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { createOptimizer } from '../../src/training/optimizer.ts';
import fixture from '../fixtures/muon.json' with { type: 'json' };

type Named = Readonly<Record<string, readonly number[]>>;
const shapes: Named = fixture.shapes;
const isTable = (name: string) => name.startsWith('table') || name.endsWith('bias');
const spec: Spec = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [
    name,
    isTable(name) ? leaf(shape, { kind: 'zeros' }) : mapLeaf(shape, 1),
  ]),
);
const state = (values: Named) =>
  new Map(Object.entries(values).map(([name, numbers]) => [name, Float32Array.from(numbers)]));

/**
 * Twenty updates as PyTorch made them. → the largest difference of any weight, and what was there after ten, to go on
 * from.
 */
export async function followPyTorch(from?: number) {
  const { muonRate, momentum, rate, weightDecay, clip, steps } = fixture.settings;
  const make = () =>
    createOptimizer(spec, state(fixture.start as Named), {
      rate: () => rate,
      weightDecay,
      clip,
      muon: { rate: () => muonRate, momentum, kernel },
    });
  let optimizer = make();
  for (let step = 0; step < steps; step++) {
    if (step === from) {
      const saved = await optimizer.read();
      optimizer.dispose();
      optimizer = make();
      optimizer.load(saved);
    }
    const slopes: Named = fixture.slopes[step % fixture.slopes.length]!;
    const report = optimizer.step((params) => {
      const weights = params as unknown as Readonly<Record<string, Tensor>>;
      const parts = Object.entries(shapes).map(([name, shape]) => {
        const slope = tf.tensor([...slopes[name]!], [...shape]);
        return tf.sum(tf.add(tf.mul(weights[name]!, slope), tf.mul(tf.square(weights[name]!), 0.05)));
      });
      return { loss: tf.addN(parts), losses: {} };
    });
    report.dispose();
  }
  const { weights, second } = await optimizer.read();
  optimizer.dispose();
  const apart = Object.entries(fixture.end as Named).map(([name, values]) =>
    Math.max(...values.map((value, i) => Math.abs(value - weights.get(name)![i]!))),
  );
  return { apart: Math.max(...apart), weights, second };
}
