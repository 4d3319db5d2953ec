import { afterEach, expect, test } from 'vitest';
import { isSoftware } from '../../src/core/textures.ts';
import { openWorker } from '../../src/training/client.ts';
import type { Engine } from '../../src/training/engine.ts';
import type { Message } from '../../src/training/protocol.ts';
import { closeAll, line, runTo, tiny } from './lines.ts';

afterEach(closeAll);

const isImitated = (): boolean => {
  const gl = document.createElement('canvas').getContext('webgl2');
  return gl !== null && isSoftware(gl);
};

/** Eight steps on one engine, and what the session said of it. */
async function trained(engine: Engine) {
  const on = line(() => openWorker(engine));
  on.client.send({ type: 'start', run: tiny });
  await on.until('started');
  await runTo(on, 8);
  const ready = on.heard.find((message): message is Message & { type: 'ready' } => message.type === 'ready');
  return { backend: ready?.backend, adapter: ready?.adapter, losses: on.losses() };
}

test('a worker computes with what it is told, with the same losses', async () => {
  const gpu = await trained('webgl');
  const plain = await trained('wasm');
  expect([gpu.backend, plain.backend]).toEqual(['webgl', 'wasm']);
  expect(plain.adapter).toMatch(/^WebAssembly \(TensorFlow\.js 4\./);
  expect(gpu.losses).toHaveLength(8);
  for (const [i, loss] of plain.losses.entries()) expect(Math.abs(loss - gpu.losses[i]!)).toBeLessThan(1e-3);
});

test('left to itself it takes WebAssembly only where the graphics card is imitated by the processor', async () => {
  const { backend } = await trained('auto');
  if (isImitated()) expect(['webgl', 'wasm']).toContain(backend);
  else expect(backend).toBe('webgl');
});
