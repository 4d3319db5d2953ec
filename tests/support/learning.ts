import { expect } from 'vitest';
import { agrees } from '../../src/checks/comparison.ts';
import { compare } from '../../src/checks/reference.ts';
import { fixture } from './fixtures.ts';

/** The fixtures that hold a loss and its gradients, found by their names. */
export const learningFixtures: readonly string[] = Object.keys(import.meta.glob('../fixtures/*-learning/io.json'))
  .map((path) => path.split('/').at(-2)!)
  .sort();

/** Expects the loss of a fixture, and its gradient at every weight the reference has one for. */
export async function expectLearning(name: string): Promise<void> {
  const comparisons = await compare(await fixture(name), { taps: false });
  const outputs = comparisons.map(({ output }) => output);
  expect(outputs).toContain('loss');
  expect(outputs.filter((output) => output.startsWith('gradients.')).length).toBeGreaterThan(10);
  expect(comparisons.filter((one) => !agrees(one))).toEqual([]);
}
