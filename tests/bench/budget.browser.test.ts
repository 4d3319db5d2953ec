import { beforeAll, describe, expect, it } from 'vitest';
import { limitsOf } from '../../src/core/textures.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { rebuildBackend, useBackend } from '../../src/nn/device.ts';
import budget from './budget.json' with { type: 'json' };
import { countDraws } from './draws.ts';
import { fusedSteps } from './measure.ts';
import { maskedTokens, sizes } from './small.ts';
import { smallTraining } from './steps.ts';

const allowed: Readonly<Record<string, number>> = budget;

/** Real GPUs, and older software, write four targets in one draw where this counts with eight: stacks are then more. */
function allowedHere(key: string): number {
  const { layers } = limitsOf(document.createElement('canvas').getContext('webgl2')!);
  return (layers < 8 ? allowed[`${key}, four targets`] : undefined) ?? allowed[key] ?? budget.others;
}

beforeAll(async () => {
  await useBackend('webgl');
  await rebuildBackend();
});

describe('the draws of one training step, its loss read back', () => {
  it.each([
    ['AdamW', false, allowed['bench-small']],
    ['Muon', true, allowed['bench-small with Muon']],
  ])('of the reference step with %s are what the budget says', async (_, withMuon, draws) => {
    const step = fusedSteps(maskedTokens(sizes), { withMuon });
    const loss = step(0);
    await loss.data();
    loss.dispose();
    const counted = countDraws();
    const next = step(1);
    await next.data();
    next.dispose();
    expect(counted()).toBe(draws);
  });

  it.each([
    ...Object.keys(blueprints).flatMap((id) => [
      [id, 'AdamW', id, 0] as const,
      [id, 'Muon', `${id} with Muon`, 0] as const,
    ]),
    ['bigbird', 'rows long enough for blocks', 'bigbird in blocks', 30] as const,
  ])('of %s with %s stay within the budget', async (id, what, key, spare) => {
    const { optimizer, step } = await smallTraining(id, 'fused', what === 'Muon', spare);
    step().dispose();
    const counted = countDraws();
    const report = step();
    await report.data();
    report.dispose();
    optimizer.dispose();
    expect(counted()).toBeLessThanOrEqual(allowedHere(key));
  });
});
