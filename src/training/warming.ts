import { open } from './active.ts';
import type { GpuContext } from './context.ts';
import { checkFit } from './fit.ts';
import type { createFloors, createPreparing } from './prepared.ts';
import type { Run } from './run.ts';
import { keyOf } from './settings.ts';

export interface Warming {
  readonly prepare: ReturnType<typeof createPreparing>;
  readonly floorsOf: ReturnType<typeof createFloors>;
  readonly limits: () => Parameters<typeof checkFit>[2];
  /** Somebody waits: what is not begun yet is left. */
  readonly isInTheWay: () => boolean;
}

/**
 * Reads the text of a run, works out its reference lines and, where there is a GPU, compiles what it draws with until
 * its first loss: by doing all that once, since drivers put off much of the work until they draw. Everything is thrown
 * away; what is compiled, the lines and the text stay. Of a run that begins with a trained model, or learns from one,
 * no more is done: models are fetched when they are asked for.
 */
export async function warmUp(run: Run, { prepare, floorsOf, limits, isInTheWay }: Warming): Promise<void> {
  const data = await prepare(run.text, () => undefined);
  if (isInTheWay()) return;
  await floorsOf(data, run);
  const { start, teacher } = run.model;
  const room = limits();
  if (!room || start || teacher || isInTheWay()) return;
  checkFit(run, data.vocabulary.size, room);
  const { trainer, start: first } = await open(run, data, {});
  try {
    trainer.load(first);
    await trainer.rehearse(() => undefined);
    for (const next of [trainer.evaluate, trainer.advance]) if (!isInTheWay()) await next();
  } finally {
    trainer.dispose();
  }
}

/**
 * Warms up for one run after another, behind what is made ready before it; the last one asked for is the one that is
 * read about. A run that is started meanwhile waits for the piece that was begun.
 */
export function createWarming({
  guarded,
  isBusy,
  ...means
}: Pick<Warming, 'prepare' | 'floorsOf' | 'limits'> &
  Pick<GpuContext, 'guarded'> & { readonly isBusy: () => boolean }) {
  let expected: Run | undefined;
  /** Of the run that everything is ready for. */
  let ready: string | undefined;
  return async (run: Run, before: Promise<unknown>): Promise<void> => {
    expected = run;
    const isInTheWay = () => isBusy() || expected !== run;
    await before.catch(() => undefined);
    const key = keyOf(run);
    if (isInTheWay() || key === ready) return;
    // What is amiss with a run is said when it is started.
    await guarded(() => warmUp(run, { ...means, isInTheWay })).catch(() => undefined);
    if (!isInTheWay()) ready = key;
  };
}
