import type { TrainerState } from '../../src/training/protocol.ts';
import { keyOf } from '../../src/training/settings.ts';
import type { RunStore } from '../../src/training/store.ts';

/** A store that forgets when the test ends; it keeps every state. */
export function memoryStore(): RunStore {
  const runs = new Map<string, { readonly states: Map<number, TrainerState>; kept: NonNullable<unknown> }>();
  return {
    recall: async (run) => runs.get(keyOf(run))?.kept as never,
    load: async (run, step = Number.POSITIVE_INFINITY) => {
      const states = runs.get(keyOf(run))?.states ?? new Map<number, TrainerState>();
      const steps = [...states.keys()].sort((a, b) => a - b);
      return states.get(steps.findLast((one) => one <= step) ?? -1);
    },
    save: async (run, state, history, floors) => {
      const states = runs.get(keyOf(run))?.states ?? new Map<number, TrainerState>();
      states.set(state.step, state);
      const steps = [...states.keys()].sort((a, b) => a - b);
      const kept = { version: 2 as const, run, history, floors, steps, savedAt: 0 };
      runs.set(keyOf(run), { states, kept });
      return kept;
    },
    remove: async (run) => void runs.delete(keyOf(run)),
    list: async () => [],
    removeFile: async () => undefined,
    file: async () => undefined,
    addFile: async () => undefined,
    files: async () => [],
  };
}
