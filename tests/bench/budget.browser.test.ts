import { beforeAll, describe, expect, it } from 'vitest';
import { blueprints } from '../../src/models/catalog.ts';
import { rebuildBackend, useBackend } from '../../src/nn/device.ts';
import budget from './budget.json' with { type: 'json' };
import { countDraws } from './draws.ts';
import { fusedSteps } from './measure.ts';
import { maskedTokens, sizes } from './small.ts';
import { smallTraining } from './steps.ts';

const allowed: Readonly<Record<string, number>> = budget;

beforeAll(async () => {
  await useBackend('webgl');
  await rebuildBackend();
});

describe('the draws of one training step, its loss read back', () => {
  it('of the reference step are what the budget says', async () => {
    const step = fusedSteps(maskedTokens(sizes));
    const loss = step(0);
    await loss.data();
    loss.dispose();
    const counted = countDraws();
    const next = step(1);
    await next.data();
    next.dispose();
    expect(counted()).toBe(allowed['bench-small']);
  });

  it.each(Object.keys(blueprints))('of %s stay within the budget', async (id) => {
    const { optimizer, step } = await smallTraining(id, 'fused');
    step().dispose();
    const counted = countDraws();
    const report = step();
    await report.data();
    report.dispose();
    optimizer.dispose();
    expect(counted()).toBeLessThanOrEqual(allowed[id] ?? budget.others);
  });
});
