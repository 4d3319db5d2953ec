import { expect, test } from 'vitest';
import { createClient, type Port } from '../../src/training/client.ts';
import type { Command, Message } from '../../src/training/protocol.ts';
import { tiny } from './fake-session.ts';

/** A port that answers every start with `answer`, and what was sent to it. */
function port(answer: Message): Port & { readonly sent: Command[] } {
  const listeners: ((message: Message) => void)[] = [];
  const sent: Command[] = [];
  return {
    sent,
    send(command) {
      sent.push(command);
      if (command.type === 'start') for (const listener of listeners) listener(answer);
    },
    listen: (listener) => listeners.push(listener),
    close: () => undefined,
  };
}
const noWebGl: Message = { type: 'failed', code: 'no-webgl2', text: 'There is no WebGL 2.' };
const ready: Message = { type: 'ready', backend: 'wasm', adapter: 'WebAssembly' };

test('where neither worker nor page has WebGL 2, what was asked is asked of a worker that needs none', () => {
  const heard: Message[] = [];
  const plain = port(ready);
  const client = createClient(
    (message) => heard.push(message),
    () => port(noWebGl),
    () => port(noWebGl),
    () => plain,
  );
  client.send({ type: 'start', run: tiny });
  expect(plain.sent).toEqual([{ type: 'start', run: tiny }]);
  expect(heard).toEqual([ready]);
});

test('where that worker cannot compute either, the reader is told why', () => {
  const heard: Message[] = [];
  const client = createClient(
    (message) => heard.push(message),
    () => port(noWebGl),
    () => port(noWebGl),
    () => port(noWebGl),
  );
  client.send({ type: 'start', run: tiny });
  expect(heard).toEqual([noWebGl]);
});
