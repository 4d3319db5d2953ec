import type { Step } from './protocol.ts';
import type { Trainer } from './trainer.ts';

/** Updates encoded ahead of the last loss that was read: reading a loss at once would stall the GPU. */
const inFlight = 2;

/**
 * Runs updates while `goal()` lies ahead, and yields each once its loss has arrived. Whoever iterates decides when the
 * next step happens: not calling `next()` is pausing. When it returns, every update that was encoded has been yielded.
 */
export async function* train(trainer: Trainer, goal: () => number): AsyncGenerator<Step, void, void> {
  const pending: Promise<Step>[] = [];
  while (trainer.step < goal() || pending.length > 0) {
    if (trainer.step < goal() && pending.length < inFlight) {
      pending.push(trainer.advance());
      continue;
    }
    const oldest = pending.shift();
    if (oldest) yield await oldest;
  }
}
