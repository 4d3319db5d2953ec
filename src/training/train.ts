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
    const mayGoOn = trainer.step < goal() && pending.length < inFlight;
    // Where other weights are to learn, all that is on its way comes in first.
    if (mayGoOn && !(trainer.isAtTurn && pending.length > 0)) {
      if (trainer.isAtTurn) await trainer.turn();
      pending.push(trainer.advance());
      continue;
    }
    const oldest = pending.shift();
    if (oldest) yield await oldest;
  }
}
