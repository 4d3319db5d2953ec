import { expect, test } from 'vitest';
import { learnApart, readApart, type TextWorker } from '../../src/text/apart.ts';
import { learn } from '../../src/text/learn.ts';
import { readOwnText } from '../../src/text/own-text.ts';
import { prepare } from '../../src/training/data.ts';

const text = Array.from({ length: 400 }, (_, i) => `Sentence number ${i} is here.${i % 40 ? '' : '\n'}`).join('\n');
const none = (): TextWorker => {
  throw new Error('no workers here');
};
const never = new AbortController().signal;

/** A worker that says nothing but what it is made to. */
function silentWorker() {
  const listeners = new Map<string, (event: unknown) => void>();
  const worker = {
    ended: false,
    addEventListener: (type: string, listener: (event: unknown) => void) => void listeners.set(type, listener),
    postMessage: () => undefined,
    terminate: () => {
      worker.ended = true;
    },
    say: (type: string, event: object) => listeners.get(type)?.(event),
  };
  return worker;
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

test('where no worker can be had, the same is read and learned on this thread', async () => {
  const stages: string[] = [];
  const own = await readApart(text, (stage) => stages.push(stage), never, none);
  expect(own).toEqual(await readOwnText(text));
  const learned = await learnApart(never, none)(own.text, 'wordpiece', 192, (stage) => stages.push(stage));
  expect(learned).toEqual(await learn(own.text, 'wordpiece', 192, () => undefined));
  expect(new Set(stages)).toEqual(
    new Set(['Reading the text', 'Learning a vocabulary', 'Cutting the text into tokens']),
  );
});

test('a worker that cannot be loaded is no loss either', async () => {
  const worker = silentWorker();
  const reading = readApart(
    text,
    () => undefined,
    never,
    () => worker as unknown as TextWorker,
  );
  await turn();
  worker.say('error', {});
  expect(await reading).toEqual(await readOwnText(text));
  expect(worker.ended).toBe(true);
});

test('an abort ends the worker at once, and the work on this thread at its next turn', async () => {
  const worker = silentWorker();
  const inWorker = new AbortController();
  const reading = readApart(
    text,
    () => undefined,
    inWorker.signal,
    () => worker as unknown as TextWorker,
  );
  await turn();
  inWorker.abort();
  await expect(reading).rejects.toThrow('aborted');
  expect(worker.ended).toBe(true);

  const here = new AbortController();
  const long = readApart('cat\n'.repeat(200_000), () => here.abort(), here.signal, none);
  await expect(long).rejects.toThrow('aborted');
});

test('data learned apart are those of a run, and what fails is said', async () => {
  const choice = { corpus: 'own', ownText: text, tokenizer: 'wordpiece', vocabSize: 192, documents: 0 };
  const [near, far] = [await prepare(choice), await prepare(choice, undefined, learnApart(never, none))];
  expect(far.train).toEqual(near.train);
  expect(far.heldOut).toEqual(near.heldOut);
  expect(far.vocabulary.tokens).toEqual(near.vocabulary.tokens);
  expect(far.tokenizer.encode('number 7')).toEqual(near.tokenizer.encode('number 7'));
  const worker = silentWorker();
  const reading = readApart(
    '',
    () => undefined,
    never,
    () => worker as unknown as TextWorker,
  );
  await turn();
  worker.say('message', { data: { type: 'failed', code: 'bad-text', text: 'There is no text.', field: 'text' } });
  await expect(reading).rejects.toMatchObject({ code: 'bad-text', message: 'There is no text.', field: 'text' });
});
