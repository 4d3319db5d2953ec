import { type Client, createClient, openWorker, type Port } from '../../src/training/client.ts';
import type { Evaluation, Message, Step } from '../../src/training/protocol.ts';
import type { Run } from '../../src/training/run.ts';
import { runFrom } from '../../src/training/settings.ts';

export const tiny: Run = runFrom({
  layers: 1,
  hidden: 16,
  heads: 2,
  batchSize: 4,
  steps: 24,
  warmup: 2,
  evaluateEvery: 8,
  dropout: 0.1,
});

/** A client whose messages can be waited for. */
function connect(open: () => Port = openWorker) {
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

export async function runTo(line: ReturnType<typeof connect>, step: number): Promise<void> {
  const from = line.heard.length;
  line.client.send({ type: 'runTo', step });
  await line.until(step >= 24 ? 'done' : 'paused', from);
}

const opened: Client[] = [];
export function closeAll(): void {
  for (const client of opened.splice(0)) void client.close();
}
export function line(open?: () => Port) {
  const made = connect(open);
  opened.push(made.client);
  return made;
}

export async function begin(one: ReturnType<typeof connect>, run: Run = tiny, resume = false): Promise<void> {
  const from = one.heard.length;
  one.client.send({ type: 'start', run, resume });
  await one.until('floors', from);
}
