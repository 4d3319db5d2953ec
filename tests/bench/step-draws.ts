import { rebuildBackend, useBackend } from '../../src/nn/device.ts';
import { prepare } from '../../src/training/data.ts';
import type { Settings } from '../../src/training/run.ts';
import { runFrom } from '../../src/training/settings.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { countDraws } from './draws.ts';

/** Draw calls of one step of a run, after two that may make things once. */
export async function drawsOf(settings: Settings): Promise<number> {
  await useBackend('webgl');
  await rebuildBackend();
  const run = runFrom(settings);
  const trainer = await createTrainer(run, await prepare(run.text));
  await trainer.advance();
  await trainer.advance();
  const counted = countDraws();
  await trainer.advance();
  const draws = counted();
  trainer.dispose();
  return draws;
}
