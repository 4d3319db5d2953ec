import { AppError } from '../core/errors.ts';
import { createTurns } from '../core/turns.ts';
import type { Answer, Job } from './job.ts';
import type { Learned, OnStage } from './learn.ts';
import type { OwnText } from './own-text.ts';
import { unpackDocuments } from './packed.ts';

/** What is needed of a worker. */
export type TextWorker = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>;

/** A thread for one job. */
export const openTextWorker = (): TextWorker =>
  new Worker(new URL('./text-worker.ts', import.meta.url), { type: 'module' });

/**
 * Lets a worker of its own do the job; an abort ends it at once, whatever it is doing. Undefined when no worker can be
 * had.
 */
async function inWorker(
  job: Job,
  onStage: OnStage,
  signal: AbortSignal,
  open: () => TextWorker,
): Promise<Answer | undefined> {
  let worker: TextWorker;
  try {
    worker = open();
  } catch {
    return undefined;
  }
  let hasBegun = false;
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
        hasBegun = true;
        if (data.type === 'stage') onStage(data.text, data.done, data.of);
        else resolve(data);
      });
      worker.addEventListener('error', () => {
        const text = 'Reading the text broke off, perhaps for want of memory. Take a shorter text.';
        if (hasBegun) reject(new AppError('unavailable', text, 'text'));
        else resolve(undefined);
      });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.postMessage(job);
    });
  } finally {
    worker.terminate();
  }
}

/** Does the job on this thread; most pages have a worker and never load what this needs. */
async function here(job: Job, onStage: OnStage, signal: AbortSignal): Promise<Answer> {
  const { carryOut } = await import('./job.ts');
  return carryOut(job, onStage, createTurns(signal));
}

/** Does the job in a worker or, where none can be had, on this thread a little at a time. */
async function apart(job: Job, onStage: OnStage, signal: AbortSignal, open: () => TextWorker): Promise<Answer> {
  // A long text takes a while to hand over: the page first shows that it was taken. An abort until then costs nothing.
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
  const answer = (await inWorker(job, onStage, signal, open)) ?? (await here(job, onStage, signal));
  if (answer.type === 'failed') throw new AppError(answer.code, answer.text, answer.field);
  return answer;
}

/** `readOwnText`, without holding this thread. */
export async function readApart(
  source: string | Uint8Array,
  onStage: OnStage,
  signal: AbortSignal,
  open = openTextWorker,
): Promise<OwnText> {
  const answer = await apart({ type: 'read', source }, onStage, signal, open);
  if (answer.type !== 'read') throw new Error(`a text was to be read, but the answer is "${answer.type}"`);
  return answer.own;
}

/** `learn`, without holding this thread, until `signal` aborts it. */
export const learnApart =
  (signal: AbortSignal, open = openTextWorker) =>
  async (text: string, tokenizer: string, size: number, onStage: OnStage): Promise<Learned> => {
    const answer = await apart({ type: 'learn', text, tokenizer, size }, onStage, signal, open);
    if (answer.type !== 'learned') throw new Error(`a text was to be learned, but the answer is "${answer.type}"`);
    return { model: answer.model, documents: await unpackDocuments(answer.documents, createTurns(signal)) };
  };
