import { type Client, createClient, openWorker, type Port } from '../../src/training/client.ts';
import type { Evaluation, Message, Step } from '../../src/training/protocol.ts';

/** A client whose messages can be waited for. */
export function connect(open: () => Port = openWorker) {
  const heard: Message[] = [];
  const waiting: (() => void)[] = [];
  const client: Client = createClient((message) => {
    heard.push(message);
    for (const look of waiting.slice()) look();
  }, open);
  const until = (type: Message['type'], from = 0) =>
    new Promise<Message>((resolve, reject) => {
      const look = () => {
        const found = heard.slice(from).find((message) => message.type === type);
        const failed = heard.slice(from).find((message) => message.type === 'failed');
        if (found) resolve(found);
        else if (failed) reject(new Error(JSON.stringify(failed)));
      };
      waiting.push(look);
      look();
    });
  const losses = () =>
    heard
      .flatMap((message): readonly Step[] => (message.type === 'steps' ? message.steps : []))
      .map(({ loss }) => loss!);
  const evaluations = () =>
    heard.flatMap((message): readonly Evaluation[] => (message.type === 'evaluated' ? [message.at] : []));
  return { client, heard, until, losses, evaluations };
}

export async function runTo(line: ReturnType<typeof connect>, step: number, last = 24): Promise<void> {
  const from = line.heard.length;
  line.client.send({ type: 'runTo', step });
  await line.until(step >= last ? 'done' : 'paused', from);
}
