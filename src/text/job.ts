import type { ErrorCode } from '../core/errors.ts';
import { createTurns, type Turns } from '../core/turns.ts';
import { learn, type OnStage } from './learn.ts';
import { type OwnText, readOwnText } from './own-text.ts';
import { type Packed, packDocuments } from './packed.ts';
import type { Model } from './tokenizers/learned.ts';

/** Work on a text that may take seconds. */
export type Job =
  | { readonly type: 'read'; readonly source: string | Uint8Array }
  | { readonly type: 'learn'; readonly text: string; readonly tokenizer: string; readonly size: number };

export type Answer =
  | { readonly type: 'stage'; readonly text: string; readonly done: number; readonly of: number }
  | { readonly type: 'read'; readonly own: OwnText }
  | { readonly type: 'learned'; readonly model: Model; readonly documents: Packed }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly text: string; readonly field?: string | undefined };

/** Between two reports of the same stage. */
const reportedMs = 50;

/** Does a job on this thread. */
export async function carryOut(job: Job, onStage: OnStage, turns: Turns = createTurns()): Promise<Answer> {
  let last = '';
  let toldAt = 0;
  const tell: OnStage = (text, done, of) => {
    const now = performance.now();
    if (text === last && now - toldAt < reportedMs) return;
    last = text;
    toldAt = now;
    onStage(text, done, of);
  };
  if (job.type === 'read') {
    tell('Reading the text', 0, 1);
    const own = await readOwnText(job.source, (done, of) => tell('Reading the text', done, of), turns);
    return { type: 'read', own };
  }
  const { model, documents } = await learn(job.text, job.tokenizer, job.size, tell, turns);
  return { type: 'learned', model, documents: packDocuments(documents) };
}
