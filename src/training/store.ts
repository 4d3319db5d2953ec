import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import { AppError } from '../core/errors.ts';
import type { History } from './protocol.ts';
import type { Run } from './run.ts';
import { keyOf } from './settings.ts';
import type { TrainerState } from './trainer.ts';

/** A run at rest: enough to go on at the exact step with the same curve. */
export interface Checkpoint {
  readonly version: 1;
  readonly run: Run;
  readonly state: TrainerState;
  readonly history: History;
}

/** Where checkpoints are kept: the browser's IndexedDB, or a map in tests. */
export interface CheckpointStore {
  /**
   * The checkpoint of exactly this run; undefined when there is none. Throws `storage-corrupt` when it cannot be
   * read.
   */
  load(run: Run): Promise<Checkpoint | undefined>;
  /** Throws `storage-full` when the browser gives no more room. */
  save(checkpoint: Checkpoint): Promise<void>;
  remove(run: Run): Promise<void>;
}

/** The step at which this very run was left in this browser; undefined when it was not, or cannot be read. */
export async function savedStep(run: Run): Promise<number | undefined> {
  const value: unknown = await get(keyOf(run), createStore('unmask', 'runs')).catch(() => undefined);
  return isCheckpoint(value, run) ? value.state.step : undefined;
}

/** Whether `value` is a checkpoint of `run` whose weights are whole and finite. */
export function isCheckpoint(value: unknown, run: Run): value is Checkpoint {
  const found = value as Partial<Checkpoint> | null;
  if (
    typeof found !== 'object' ||
    found === null ||
    found.version !== 1 ||
    !found.run ||
    !found.state ||
    !found.history
  )
    return false;
  const { step, weights, first, second } = found.state;
  if (keyOf(found.run) !== keyOf(run) || !Number.isInteger(step) || !Array.isArray(found.history.steps)) return false;
  return [weights, first, second].every(
    (part) =>
      part instanceof Map &&
      [...part.values()].every((values) => values instanceof Float32Array && values.every(Number.isFinite)),
  );
}

/** Checkpoints in IndexedDB. */
export function createBrowserStore(): CheckpointStore {
  let opened: UseStore | undefined;
  const store = () => {
    opened ??= createStore('unmask', 'runs');
    return opened;
  };
  return {
    async load(run) {
      const value: unknown = await get(keyOf(run), store()).catch(() => undefined);
      if (value === undefined) return undefined;
      if (isCheckpoint(value, run)) return value;
      await del(keyOf(run), store());
      throw new AppError(
        'storage-corrupt',
        'The saved state of this run could not be read, so it was set aside. The run starts from its beginning, with the same numbers as before.',
      );
    },
    async save(checkpoint) {
      try {
        await set(keyOf(checkpoint.run), checkpoint, store());
      } catch (error) {
        const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
        throw new AppError(
          isFull ? 'storage-full' : 'unavailable',
          isFull
            ? 'This browser gives no more room to save the run. Training goes on; closing the tab would lose it. Free some space or export the model to keep it.'
            : 'This browser would not save the run, as some do in private windows. Training goes on; closing the tab would lose it. Export the model to keep it.',
        );
      }
    },
    remove: (run) => del(keyOf(run), store()).catch(() => undefined),
  };
}
