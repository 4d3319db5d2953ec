import { beforeAll, describe, expect, it } from 'vitest';
import { checkReference, kernelCases } from '../../src/checks/checks.ts';
import * as tf from '../../src/nn/tf.ts';
import { fixture } from '../support/fixtures.ts';

beforeAll(() => tf.useBackend('cpu'));

describe('a check of a reference', () => {
  it('passes, and says which output is farthest off', async () => {
    const finding = await checkReference(await fixture('bert-noise'), 'plain');
    expect(finding).toMatchObject({ passed: true, outputs: 4, limit: 1e-4 });
    expect(finding.difference).toBeGreaterThan(0);
    expect(finding.difference).toBeLessThan(1e-4);
  });

  it('fails where one number of the reference is another', async () => {
    const { io, ...rest } = await fixture('bert-noise');
    const spoiled = JSON.parse(io);
    spoiled.outputs.prediction_logits[0][1][2] += 0.01;
    const finding = await checkReference({ ...rest, io: JSON.stringify(spoiled) }, 'plain');
    expect(finding).toMatchObject({ passed: false, worst: 'prediction_logits' });
    expect(finding.difference).toBeCloseTo(0.01, 4);
  });

  it('fails with a sentence where an output has another shape', async () => {
    const { io, ...rest } = await fixture('bert-noise');
    const spoiled = JSON.parse(io);
    spoiled.outputs.seq_relationship_logits.pop();
    const finding = await checkReference({ ...rest, io: JSON.stringify(spoiled) }, 'plain');
    expect(finding.passed).toBe(false);
    expect(finding.problem).toMatch(/^seq_relationship_logits expected \[2, 2\], found \[3, 2\]$/);
  });
});

it('each op that is compared has a name of its own', () => {
  const titles = kernelCases.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});
