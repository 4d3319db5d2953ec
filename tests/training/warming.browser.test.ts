import { expect, test } from 'vitest';
import { gpuOf } from '../../src/nn/gpu/tensors.ts';
import { createDevice } from '../../src/training/device.ts';
import type { Message } from '../../src/training/protocol.ts';
import { createSession } from '../../src/training/session.ts';
import { tiny } from './lines.ts';
import { memoryStore } from './memory-store.ts';

test('a run that the engine was made ready for makes no program of its own before its first loss', async () => {
  const heard: Message[] = [];
  const { receive } = createSession(
    (message) => heard.push(message),
    createDevice('webgl'),
    memoryStore(),
    () => () => undefined,
  );
  await receive({ type: 'warm', run: tiny });
  // Answered when nothing is being made ready any more.
  await receive({ type: 'stop' });
  const { gl, programs } = gpuOf()!;
  expect(programs.size).toBeGreaterThan(20);
  const { linkProgram } = gl;
  let begun = 0;
  gl.linkProgram = (program) => {
    begun += 1;
    linkProgram.call(gl, program);
  };
  await receive({ type: 'start', run: tiny });
  await receive({ type: 'runTo', step: 1 });
  expect(heard.map(({ type }) => type)).toContain('steps');
  expect(begun).toBe(0);
  gl.linkProgram = linkProgram;
  await receive({ type: 'stop' });
});
