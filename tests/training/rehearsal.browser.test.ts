import { beforeAll, describe, expect, it } from 'vitest';
import { rebuildBackend, useBackend } from '../../src/nn/device.ts';
import { gpuOf } from '../../src/nn/gpu/tensors.ts';
import * as tf from '../../src/nn/tf.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import { runFrom } from '../../src/training/settings.ts';
import { train } from '../../src/training/train.ts';
import { createTrainer, type Trainer } from '../../src/training/trainer.ts';

const tiny = { layers: 1, hidden: 16, heads: 2, batchSize: 2, maxLength: 16, pairingOptions: { sentences: 1 } };
const recipes = [
  ['BERT with Muon', runFrom({ ...tiny, optimizer: 'muon' })],
  [
    'Transformer-XL',
    runFrom({
      ...tiny,
      architecture: 'transfo-xl',
      pairing: 'following',
      pairingOptions: {},
      noising: 'causal',
      noisingOptions: {},
      architectureOptions: { memoryLength: 0 },
    }),
  ],
  ['XLNet', runFrom({ ...tiny, architecture: 'xlnet', noising: 'plm', noisingOptions: {} })],
] as const;

async function losses(trainer: Trainer): Promise<readonly (number | undefined)[]> {
  const found: (number | undefined)[] = [];
  for await (const { loss } of train(trainer, () => 4)) found.push(loss);
  return found;
}

let data: Data;
beforeAll(async () => {
  await useBackend('webgl');
  data = await prepare(recipes[0][1].text);
});

describe.each(recipes)('a rehearsed step of %s', (_, run) => {
  let begun: number;
  let rehearsed: readonly (readonly [done: number, of: number])[];
  let after: readonly (number | undefined)[];
  beforeAll(async () => {
    await rebuildBackend({ layers: 4 });
    const { gl } = gpuOf()!;
    const trainer = await createTrainer(run, data);
    const before = tf.memory().numTensors;
    const told: [number, number][] = [];
    await trainer.rehearse((done, of) => void told.push([done, of]));
    rehearsed = told;
    expect(tf.memory().numTensors).toBe(before);
    const { linkProgram } = gl;
    begun = 0;
    gl.linkProgram = (program) => {
      begun += 1;
      linkProgram.call(gl, program);
    };
    const first = trainer.advance();
    gl.linkProgram = linkProgram;
    await first;
    trainer.dispose();
    const again = await createTrainer(run, data);
    await again.rehearse(() => undefined);
    after = await losses(again);
    again.dispose();
  });

  it('has every program of ours compiled before the first draw, and says how far it is', () => {
    expect(begun).toBe(0);
    const [last] = rehearsed.slice(-1);
    expect(last?.[0]).toBe(last?.[1]);
    expect(last?.[1]).toBeGreaterThan(40);
  });

  it('changes no number', async () => {
    const trainer = await createTrainer(run, data);
    expect(after).toEqual(await losses(trainer));
    expect(after.filter((loss) => loss !== undefined).length).toBeGreaterThan(1);
    trainer.dispose();
  });
});
