import type { Client } from './client.ts';
import type { Message } from './protocol.ts';

const missing: Message = {
  type: 'failed',
  code: 'unavailable',
  text: 'What trains the model could not be fetched. Reload the page to try again.',
};

/** A client that is fetched once there is something to say to it: most pages are left before that. */
export function connect(onMessage: (message: Message) => void): Client {
  const client = import('./client.ts').then(({ createClient }) => createClient(onMessage));
  client.catch(() => onMessage(missing));
  return {
    send: (command) => void client.then(({ send }) => send(command)).catch(() => undefined),
    inspect: async (example, taps) => (await client).inspect(example, taps),
    weights: async () => (await client).weights(),
    write: async (example, taps) => (await client).write(example, taps),
    readBack: async () => (await client).readBack(),
    judgeBy: async (question) => (await client).judgeBy(question),
    close: async () => (await client).close(),
  };
}
