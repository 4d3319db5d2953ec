import type { Step } from './protocol.ts';
import type { Trainer } from './trainer.ts';

/** Updates encoded ahead of the last loss that was read: reading a loss at once would stall the GPU. */
const inFlight = 2;

/**
 * Runs updates while `goal()` lies ahead, and yields each once its loss has arrived. Whoever iterates decides when the
 * next step happens: not calling `next()` is pausing. `look` is called before the first update and after each one, and
 * reads the model as it then is; what it reads is yielded in its place between the steps, and no update waits for it,
 * unless it comes as a promise.
 * When the generator returns or is ended, nothing is on its way any more.
 */
export async function* train<Seen = never>(
  trainer: Pick<Trainer, 'step' | 'isAtTurn' | 'turn' | 'prepare' | 'advance'>,
  goal: () => number,
  look: () => readonly Promise<Seen>[] | Promise<readonly Promise<Seen>[]> = () => [],
): AsyncGenerator<Step | Seen, void, void> {
  const pending: { readonly arrival: Promise<Step | Seen>; readonly isUpdate: boolean }[] = [];
  const send = (arrival: Promise<Step | Seen>, isUpdate: boolean) => {
    // What fails is said when its turn comes, and nowhere if it never does.
    arrival.catch(() => undefined);
    pending.push({ arrival, isUpdate });
  };
  const lookNow = async () => {
    for (const seen of await look()) send(seen, false);
  };
  const updates = () => pending.filter(({ isUpdate }) => isUpdate).length;
  try {
    if (trainer.step < goal()) await lookNow();
    while (trainer.step < goal() || pending.length > 0) {
      const mayGoOn = trainer.step < goal() && updates() < inFlight;
      // Where other weights are to learn, all that is on its way comes in first.
      if (mayGoOn && !(trainer.isAtTurn && pending.length > 0)) {
        if (trainer.isAtTurn) await trainer.turn();
        send(trainer.advance(), true);
        await lookNow();
        continue;
      }
      if (trainer.step < goal()) trainer.prepare();
      const oldest = pending.shift();
      if (oldest) yield await oldest.arrival;
    }
  } finally {
    await Promise.allSettled(pending.map(({ arrival }) => arrival));
  }
}
