import { createRng } from '../../src/core/rng.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { initialState } from '../../src/nn/init.ts';
import { type KernelMode, setKernels } from '../../src/nn/kernels/kernel.ts';
import * as kernel from '../../src/nn/kernels/muon.ts';
import { createOptimizer, type Optimizer } from '../../src/training/optimizer.ts';
import { sampleBatch } from '../support/batch.ts';

/**
 * A small model of an architecture in training on the sample batch, dropout on, with AdamW or with Muon beside it;
 * `spare` columns of padding make its rows longer.
 */
export async function smallTraining(id: string, mode: KernelMode, withMuon = false, spare = 0) {
  const blueprint = blueprints[id]!;
  const size = { layers: 2, hidden: 16, heads: 2, vocabSize: 24, maxLength: 6 + spare, dropout: 0.1 };
  const config = blueprint.resize(blueprint.toy, size);
  const spec = blueprint.spec(config);
  const forward = await loadForward(id);
  const rng = createRng(id);
  setKernels(mode);
  const optimizer: Optimizer<typeof spec> = createOptimizer(spec, initialState(spec, rng), {
    rate: () => 1e-3,
    weightDecay: 0.01,
    clip: 1,
    ...(withMuon && {
      muon: { rate: () => 0.01, kernel, moves: (name) => !blueprint.keepAdam?.some((begin) => name.startsWith(begin)) },
    }),
  });
  const step = () =>
    optimizer.step((params) =>
      forward(params, config, sampleBatch({ target: blueprint.answers.includes('text'), spare }), {
        training: true,
        rng: rng.fork(`step ${optimizer.steps}`),
      }),
    );
  return { optimizer, step };
}
