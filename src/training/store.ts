import { createStore, del, delMany, entries, get, keys, set, setMany, type UseStore } from 'idb-keyval';
import { AppError } from '../core/errors.ts';
import type { Floors, History } from './protocol.ts';
import type { Run } from './run.ts';
import { keyOf } from './settings.ts';
import type { TrainerState } from './trainer.ts';

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
}

/** Runs at rest: several states each, enough to go on at the exact step with the same curve. */
export interface RunStore {
  /** What is kept of exactly this run; undefined when nothing is. Throws `storage-corrupt` when it cannot be read. */
  recall(run: Run): Promise<KeptRun | undefined>;
  /** Its last state, or its last one at or before `step`. Throws `storage-corrupt` when it cannot be read. */
  load(run: Run, step?: number): Promise<TrainerState | undefined>;
  /** Keeps one state more. Throws `storage-full` when the browser gives no more room. */
  save(run: Run, state: TrainerState, history: History, floors?: Floors): Promise<KeptRun>;
  remove(run: Run): Promise<void>;
  /** All runs that are kept, the latest first. */
  list(): Promise<readonly KeptRun[]>;
  /** A model's zip that was added to this browser; undefined when there is none of that name. */
  file(name: string): Promise<Uint8Array | undefined>;
  /** Throws `storage-full` when the browser gives no more room. */
  addFile(name: string, bytes: Uint8Array): Promise<void>;
  files(): Promise<readonly string[]>;
}

/** States kept a run. */
export const mostStates = 8;

/**
 * Which of many steps to keep: spaced as evenly as can be in their logarithm, for a model learns most early on; the
 * last one always.
 */
export function thinned(steps: readonly number[], most = mostStates): readonly number[] {
  const kept = [...new Set(steps)].sort((a, b) => a - b);
  while (kept.length > most) {
    let victim = 1;
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 1; i < kept.length - 1; i++) {
      const ratio = (kept[i + 1]! + 1) / (kept[i - 1]! + 1);
      if (ratio < nearest) [victim, nearest] = [i, ratio];
    }
    kept.splice(victim, 1);
  }
  return kept;
}

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

const goesOn = 'Training goes on; closing the tab would lose it. Export the model to keep it.';
const unsaved = (error: unknown, what = 'the run', then = goesOn): AppError =>
  error instanceof DOMException && error.name === 'QuotaExceededError'
    ? new AppError('storage-full', `This browser gives no more room to save ${what}. ${then}`)
    : new AppError('unavailable', `This browser would not save ${what}, as some do in private windows. ${then}`);

/** Runs in IndexedDB. */
export function createBrowserStore(): RunStore {
  let opened: UseStore | undefined;
  const store = () => {
    opened ??= createStore('unmask', 'runs');
    return opened;
  };

  async function forget(run: Run): Promise<void> {
    const value: unknown = await get(keyOf(run), store()).catch(() => undefined);
    const steps = isKept(value, run) ? value.steps : [];
    await delMany([keyOf(run), ...steps.map((step) => stateKey(run, step))], store()).catch(() => undefined);
  }
  async function recall(run: Run): Promise<KeptRun | undefined> {
    const value: unknown = await get(keyOf(run), store()).catch(() => undefined);
    if (value === undefined || isKept(value, run)) return value;
    await del(keyOf(run), store());
    throw corrupt();
  }

  return {
    recall,
    remove: forget,
    async load(run, step = Number.POSITIVE_INFINITY) {
      const kept = await recall(run);
      const wanted = kept?.steps.findLast((one) => one <= step);
      if (wanted === undefined) return undefined;
      const value: unknown = await get(stateKey(run, wanted), store()).catch(() => undefined);
      if (isState(value)) return value;
      await forget(run);
      throw corrupt();
    },
    async save(run, state, history, floors) {
      try {
        const before = await recall(run).catch(() => undefined);
        const steps = thinned([...(before?.steps ?? []), state.step]);
        const whole = longer(history, before?.history);
        const kept: KeptRun = { version: 2, run, history: whole, floors, steps, savedAt: Date.now() };
        await (steps.includes(state.step)
          ? setMany(
              [[keyOf(run), kept] as const, [stateKey(run, state.step), state] as const] as [string, unknown][],
              store(),
            )
          : set(keyOf(run), kept, store()));
        const dropped = before?.steps.filter((step) => !steps.includes(step)) ?? [];
        if (dropped.length > 0)
          await delMany(
            dropped.map((step) => stateKey(run, step)),
            store(),
          );
        return kept;
      } catch (error) {
        throw unsaved(error);
      }
    },
    async file(name) {
      const value: unknown = await get(`${fileMark}${name}`, store()).catch(() => undefined);
      return value instanceof Uint8Array ? value : undefined;
    },
    async addFile(name, bytes) {
      try {
        await set(`${fileMark}${name}`, bytes, store());
      } catch (error) {
        throw unsaved(error, 'the file', 'It was not added.');
      }
    },
    async files() {
      const all = await keys<string>(store()).catch(() => []);
      return all.flatMap((key) => (key.startsWith(fileMark) ? [key.slice(fileMark.length)] : []));
    },
    async list() {
      const all = await entries<string, unknown>(store()).catch(() => []);
      const kept = all.flatMap(([key, value]) => {
        const { run } = (value ?? {}) as Partial<KeptRun>;
        return typeof key === 'string' && key.startsWith('run ') && run && isKept(value, run) ? [value] : [];
      });
      return kept.sort((a, b) => b.savedAt - a.savedAt);
    },
  };
}
