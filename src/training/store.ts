import type { UseStore } from 'idb-keyval';
import { AppError } from '../core/errors.ts';
import { answerOf, openTable, Unanswered, written } from './database.ts';
import { areFrames, type Measure, measures, roomOf, thinned, thinnedFrames } from './keeping.ts';
import { keptPlace } from './kept-place.ts';
import type { Floors, History, TrainerState } from './protocol.ts';
import type { Run } from './run.ts';
import { keyOf, runFrom } from './settings.ts';

/** What is kept of a run beside its states: small enough to be read whenever its page opens. */
export interface KeptRun {
  readonly version: 2;
  readonly run: Run;
  readonly history: History;
  readonly floors?: Floors;
  /** The steps whose states are kept, in order. */
  readonly steps: readonly number[];
  /** When it was last saved, in milliseconds since 1970. */
  readonly savedAt: number;
  /** How much room it takes, about; absent if it was saved before this was counted. */
  readonly bytes?: number;
}

/**
 * Runs at rest: several states each, enough to go on at the exact step with the same curve. Every call comes back in
 * bounded time, whatever the browser does.
 */
export interface RunStore {
  /**
   * What is kept of exactly this run; undefined when nothing is. Throws `storage-corrupt` when it is spoilt, and
   * `unavailable` when the browser does not give it out.
   */
  recall(run: Run): Promise<KeptRun | undefined>;
  /** Its last state, or its last one at or before `step`. Throws as `recall` does. */
  load(run: Run, step?: number): Promise<TrainerState | undefined>;
  /**
   * Keeps one state more; later ones stay, whoever saved them, and so does the longer history. Of too many runs the
   * oldest goes. Throws `storage-full` when the browser gives no more room, `unavailable` when it does not save.
   */
  save(run: Run, state: TrainerState, history: History, floors?: Floors): Promise<KeptRun>;
  remove(run: Run): Promise<void>;
  /** All runs that are kept, the latest first. */
  list(): Promise<readonly KeptRun[]>;
  /** A model's zip that was added to this browser; undefined when there is none of that name. */
  file(name: string): Promise<Uint8Array | undefined>;
  /** Throws `storage-full` when the browser gives no more room. */
  addFile(name: string, bytes: Uint8Array): Promise<void>;
  files(): Promise<readonly string[]>;
  removeFile(name: string): Promise<void>;
}

/** Runs kept. */
export const mostRuns = 12;

const fileMark = 'file ';
const stateKey = (run: Run, step: number): string => `state ${step} of ${keyOf(run)}`;

const isList = (value: unknown): value is readonly { readonly step: number }[] =>
  Array.isArray(value) && value.every((one) => Number.isInteger((one as { step?: unknown } | null)?.step));

/** Whether `value` is what was kept of `run`. */
export function isKept(value: unknown, run: Run): value is KeptRun {
  const found = value as Partial<KeptRun> | null;
  if (typeof found !== 'object' || found === null || found.version !== 2 || !found.run || !found.history) return false;
  const { steps, evaluations } = found.history;
  const areSteps = Array.isArray(found.steps) && found.steps.length > 0 && found.steps.every(Number.isInteger);
  return areSteps && isList(steps) && isList(evaluations) && keyOf(found.run) === keyOf(run);
}

/** Whether `value` is a state whose numbers are whole and finite. */
export function isState(value: unknown): value is TrainerState {
  const found = value as Partial<TrainerState> | null;
  if (typeof found !== 'object' || found === null || !Number.isInteger(found.step)) return false;
  const areFinite = (values: unknown) => values instanceof Float32Array && values.every(Number.isFinite);
  const { weights, first, second, carried = [] } = found;
  return (
    [weights, first, second].every((part) => part instanceof Map && [...part.values()].every(areFinite)) &&
    carried.every(({ data }) => areFinite(data))
  );
}

/** The history that reaches farther: one run draws the same numbers however often it is set back. */
const longer = (a: History, b: History | undefined): History =>
  (b?.steps.at(-1)?.step ?? -1) > (a.steps.at(-1)?.step ?? -1) ? b! : a;

const corrupt = () =>
  new AppError(
    'storage-corrupt',
    'The saved state of this run could not be read, so it was set aside. The run starts from its beginning, with the same numbers as before.',
  );

const unread = () =>
  new AppError(
    'unavailable',
    'This browser does not give out what was saved of a run just now: reload the page to try again. Without it the run starts from its beginning, with the same numbers as before.',
  );

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';
const goesOn = 'Training goes on; closing the tab would lose it. Export the model to keep it.';
function unsaved(error: unknown, what = 'the run', then = goesOn): AppError {
  if (isFull(error)) return new AppError('storage-full', `This browser gives no more room to save ${what}. ${then}`);
  const why =
    error instanceof Unanswered
      ? `This browser does not answer when it is to save ${what}.`
      : `This browser would not save ${what}, as some do in private windows.`;
  return new AppError('unavailable', `${why} ${then}`);
}

/** All keys that begin with `mark`. */
const marked = (mark: string): IDBKeyRange => IDBKeyRange.bound(mark, `${mark}\uffff`);

/** Which of many runs go, so that only so many stay: the oldest, but none that a run begins with or learns from. */
export function surplus(kept: readonly KeptRun[], { model }: Run, most = mostRuns): readonly KeptRun[] {
  const named = [model.start, model.teacher].flatMap((ref) => (ref && 'run' in ref ? [keyOf(runFrom(ref.run))] : []));
  const newestFirst = [...kept].sort((a, b) => b.savedAt - a.savedAt);
  return newestFirst.slice(most).filter(({ run }) => !named.includes(keyOf(run)));
}

/** Runs in IndexedDB. */
export function createBrowserStore(table: UseStore = openTable(keptPlace, 'runs')): RunStore {
  /** Throws `unavailable`: what cannot be read now may be read later. */
  const get = (key: string): Promise<unknown> =>
    table('readonly', (store) => answerOf<unknown>(store.get(key))).catch(() => Promise.reject(unread()));

  async function remove(run: Run): Promise<void> {
    const key = keyOf(run);
    await table('readwrite', async (store) => {
      const states = await answerOf(store.getAllKeys(marked('state ')));
      for (const state of states) if (String(state).endsWith(` of ${key}`)) store.delete(state);
      store.delete(key);
      return written(store);
    });
  }
  const forget = (run: Run) => remove(run).catch(() => undefined);

  async function recall(run: Run): Promise<KeptRun | undefined> {
    const value = await get(keyOf(run));
    if (value === undefined) return undefined;
    // Frames that are spoilt take nothing else with them.
    if (isKept(value, run)) {
      const { frames = [], ...rest } = value.history;
      return areFrames(frames) ? value : { ...value, history: rest };
    }
    await forget(run);
    throw corrupt();
  }

  async function list(): Promise<readonly KeptRun[]> {
    const all = await table('readonly', (store) => answerOf<unknown[]>(store.getAll(marked('run ')))).catch(() => []);
    const kept = all.flatMap((value) => {
      const { run } = (value ?? {}) as Partial<KeptRun>;
      return run && isKept(value, run) ? [value] : [];
    });
    return kept.sort((a, b) => b.savedAt - a.savedAt);
  }

  async function save(
    run: Run,
    state: TrainerState,
    history: History,
    floors: Floors | undefined,
    measure: Measure,
  ): Promise<KeptRun> {
    let isNew = false;
    // Read and written in one transaction, so that no other tab comes between.
    const kept = await table('readwrite', async (store): Promise<KeptRun> => {
      const found: unknown = await answerOf(store.get(keyOf(run)));
      const before = isKept(found, run) ? found : undefined;
      isNew = before === undefined;
      const steps = thinned([...(before?.steps ?? []), state.step], measure.states);
      const { frames = [], ...rest } = longer(history, before?.history);
      const whole: History = { ...rest, frames: thinnedFrames(frames, measure.frames) };
      const now: KeptRun = {
        version: 2,
        run,
        history: whole,
        floors: floors ?? before?.floors,
        steps,
        savedAt: Date.now(),
        bytes: roomOf(state, steps.length, whole),
      };
      try {
        // What goes makes room for what comes; if that does not come, it stays.
        for (const step of before?.steps ?? []) if (!steps.includes(step)) store.delete(stateKey(run, step));
        store.put(now, keyOf(run));
        if (steps.includes(state.step)) store.put(state, stateKey(run, state.step));
      } catch (error) {
        store.transaction.abort();
        throw error;
      }
      await written(store);
      return now;
    });
    if (isNew) for (const one of surplus(await list(), run)) await forget(one.run);
    return kept;
  }

  return {
    recall,
    remove,
    list,
    async load(run, step = Number.POSITIVE_INFINITY) {
      const kept = await recall(run);
      const wanted = kept?.steps.findLast((one) => one <= step);
      if (wanted === undefined) return undefined;
      const value = await get(stateKey(run, wanted));
      if (isState(value)) return value;
      await forget(run);
      throw corrupt();
    },
    async save(run, state, history, floors) {
      let full: unknown;
      for (const measure of measures)
        try {
          return await save(run, state, history, floors, measure);
        } catch (error) {
          full = error;
          if (!isFull(error)) break;
        }
      throw unsaved(full);
    },
    async file(name) {
      const value = await get(`${fileMark}${name}`).catch(() => undefined);
      return value instanceof Uint8Array ? value : undefined;
    },
    async addFile(name, bytes) {
      try {
        await table('readwrite', (store) => {
          store.put(bytes, `${fileMark}${name}`);
          return written(store);
        });
      } catch (error) {
        throw unsaved(error, 'the file', 'It was not added.');
      }
    },
    async files() {
      const all = await table('readonly', (store) => answerOf(store.getAllKeys(marked(fileMark)))).catch(() => []);
      return all.map((key) => String(key).slice(fileMark.length));
    },
    async removeFile(name) {
      await table('readwrite', (store) => {
        store.delete(`${fileMark}${name}`);
        return written(store);
      });
    },
  };
}
