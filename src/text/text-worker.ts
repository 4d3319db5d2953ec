import { AppError } from '../core/errors.ts';
import { type Answer, carryOut, type Job } from './job.ts';

/** Does one job and answers; nobody else waits on this thread, so that it need give no turns. */
const post = (answer: Answer, transfer: Transferable[] = []) => self.postMessage(answer, { transfer });

async function receive(job: Job): Promise<void> {
  try {
    const answer = await carryOut(
      job,
      (text, done, of) => post({ type: 'stage', text, done, of }),
      async () => undefined,
    );
    const packed = answer.type === 'learned' ? answer.documents : undefined;
    post(answer, packed ? [packed.ids.buffer, packed.sentences.buffer, packed.documents.buffer] : []);
  } catch (error) {
    if (error instanceof AppError) post({ type: 'failed', code: error.code, text: error.message, field: error.field });
    else post({ type: 'failed', code: 'internal', text: `The text could not be read: ${String(error)}` });
  }
}
self.addEventListener('message', ({ data }: MessageEvent<Job>) => void receive(data));
